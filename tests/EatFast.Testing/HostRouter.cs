using System.Collections.Concurrent;
using System.Net;

namespace EatFast.Testing;

/// <summary>Sends a hosted service's outgoing calls to its neighbours in the same process, by host name.</summary>
internal sealed class HostRouter : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, HttpMessageInvoker> _hosts = new();

    public void Add(string host, HttpMessageHandler handler) => _hosts[host] = new HttpMessageInvoker(handler, disposeHandler: false);

    /// <summary>The host cannot be reached, as if its process were gone, until the answer is disposed of.</summary>
    public IDisposable Away(string host) => _hosts.TryRemove(host, out var gone) ? new Return(() => _hosts[host] = gone) : new Return(() => { });

    private sealed class Return(Action back) : IDisposable
    {
        public void Dispose() => back();
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var host = request.RequestUri!.Host;
        if (!_hosts.TryGetValue(host, out var target))
            throw new HttpRequestException(HttpRequestError.ConnectionError, $"Nobody is hosted as '{host}'.", null, HttpStatusCode.ServiceUnavailable);
        return target.SendAsync(request, cancellationToken);
    }
}
