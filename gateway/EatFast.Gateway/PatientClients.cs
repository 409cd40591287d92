using Yarp.ReverseProxy.Forwarder;

namespace EatFast.Gateway;

/// <summary>Waits out a restart: what could not be sent at all is sent again for 2 s, and a read that lost its answer once.</summary>
internal sealed class PatientClients(TimeProvider clock, ILogger<ForwarderHttpClientFactory> logger) : ForwarderHttpClientFactory(logger)
{
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectTimeout = TimeSpan.FromSeconds(1.5);
    }

    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) =>
        new Retry(clock) { InnerHandler = base.WrapHandler(context, handler) };

    private sealed class Retry(TimeProvider clock) : DelegatingHandler
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var started = clock.GetTimestamp();
            var rereads = 1;
            while (true)
            {
                try
                {
                    return await base.SendAsync(request, cancellationToken);
                }
                catch (HttpRequestException refused) when (
                    refused.HttpRequestError == HttpRequestError.ConnectionError
                    && clock.GetElapsedTime(started) < Patience
                    && !IsProbe(request))
                {
                    // Nothing was sent, so even a POST may go again.
                    await Task.Delay(Pause, clock, cancellationToken);
                }
                catch (HttpRequestException) when (rereads-- > 0 && IsRead(request))
                {
                    await Task.Delay(Pause, clock, cancellationToken);
                }
            }
        }

        private static bool IsProbe(HttpRequestMessage request) => request.RequestUri?.AbsolutePath == ClusterDefaults.ProbePath;

        private static bool IsRead(HttpRequestMessage request) =>
            request.Content is null && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head);
    }
}
