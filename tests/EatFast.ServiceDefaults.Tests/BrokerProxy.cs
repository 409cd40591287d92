using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EatFast.ServiceDefaultsTests;

/// <summary>A way to the broker that a test can cut and mend.</summary>
internal sealed class BrokerProxy(Uri broker) : IDisposable
{
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private volatile bool _isCut;

    public string Start()
    {
        _listener.Start();
        _ = AcceptAsync();
        return new UriBuilder(broker) { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri.AbsoluteUri;
    }

    public void Cut()
    {
        _isCut = true;
        foreach (var connection in _open.Keys)
            connection.Dispose();
    }

    public void Mend() => _isCut = false;

    public void Dispose()
    {
        Cut();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        using var far = new TcpClient();
        using (near)
        {
            if (_isCut)
                return;
            _open[near] = _open[far] = true;
            try
            {
                await far.ConnectAsync(broker.Host, broker.Port);
                await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
            }
            catch (Exception closed) when (closed is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Either side went away.
            }
            _open.Remove(near, out _);
            _open.Remove(far, out _);
        }
    }
}
