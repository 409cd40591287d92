using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EatFast.LocalEngine.Running;

/// <summary>Gives every endpoint its port before anything starts; free ones lie below the range from which the system takes ports
/// for outgoing connections,
/// so that nobody else can take the port of a service while it restarts.</summary>
internal sealed class Ports
{
    private const int LowestFree = 12000;
    private readonly HashSet<int> taken = [];

    public void Allocate(IEnumerable<IResource> resources)
    {
        var endpoints = resources
            .SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => (resource, endpoint)))
            .ToList();
        foreach (var (resource, endpoint) in endpoints.Where(pair => pair.endpoint.Port is > 0))
        {
            if (!taken.Add(endpoint.Port!.Value) || !IsFree(endpoint.Port.Value))
                throw new EngineException(
                    $"Port {endpoint.Port}, which {resource.Name} needs, is in use by another program: free it, or choose another "
                    + $"with the environment variable {char.ToUpperInvariant(resource.Name[0])}{resource.Name[1..]}__Port "
                    + "(0 = any free port).",
                    EngineException.PortTaken);
            endpoint.AllocatedPort = endpoint.Port;
        }

        foreach (var (_, endpoint) in endpoints.Where(pair => pair.endpoint.Port is null or 0))
            endpoint.AllocatedPort = Free();
    }

    public int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(LowestFree, HighestFree());
            if (!taken.Contains(port) && IsFree(port) && taken.Add(port))
                return port;
        }
    }

    private static int HighestFree()
    {
        const string outgoing = "/proc/sys/net/ipv4/ip_local_port_range";
        var lowest = File.Exists(outgoing)
            ? int.Parse(File.ReadAllText(outgoing).Split('\t', ' ')[0], CultureInfo.InvariantCulture)
            : 32768;
        return lowest > LowestFree + 1000 ? lowest : 32768;
    }

    private static bool IsFree(int port) =>
        CanListen(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanListen(IPAddress.IPv6Loopback, port));

    private static bool CanListen(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
            return true;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode == SocketError.AddressNotAvailable;
        }
    }
}
