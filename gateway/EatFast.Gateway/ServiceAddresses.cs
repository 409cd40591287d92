using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.ServiceDiscovery;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace EatFast.Gateway;

/// <summary>Turns http://identity into the addresses that service discovery knows now, and again whenever those change.</summary>
public sealed class ServiceAddresses(ServiceEndpointResolver discovery) : IDestinationResolver
{
    /// <summary>The HTTP client for what the gateway itself asks of services.</summary>
    internal const string Client = "services";

    internal static readonly string[] Services = ["identity", "catalog", "ordering", "payments", "delivery", "notifications"];

    /// <summary>No usable answer from a service: down, too slow, or not speaking JSON.</summary>
    internal static bool IsAway(Exception failure, CancellationToken ct) =>
        failure is HttpRequestException or JsonException || (failure is OperationCanceledException && !ct.IsCancellationRequested);

    public async ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken)
    {
        var resolved = new Dictionary<string, DestinationConfig>();
        var changes = new List<IChangeToken>();
        foreach (var (name, destination) in destinations)
        {
            var source = await discovery.GetEndpointsAsync(destination.Address, cancellationToken);
            foreach (var (index, endpoint) in source.Endpoints.Index())
                resolved[$"{name}-{index}"] = destination with { Address = AddressOf(endpoint.EndPoint, destination.Address) };
            changes.Add(source.ChangeToken);
        }
        return new(resolved, new CompositeChangeToken(changes));
    }

    private static string AddressOf(EndPoint endpoint, string asked)
    {
        var scheme = new Uri(asked).Scheme;
        return endpoint switch
        {
            UriEndPoint known => known.Uri.ToString(),
            DnsEndPoint { Port: > 0 } dns => $"{scheme}://{dns.Host}:{dns.Port}",
            DnsEndPoint dns => $"{scheme}://{dns.Host}",
            _ => $"{scheme}://{endpoint}"
        };
    }
}
