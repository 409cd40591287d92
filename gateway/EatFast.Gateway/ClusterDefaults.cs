using System.Net;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;

namespace EatFast.Gateway;

/// <summary>What holds for every cluster: limits and health checks. A sick replica is avoided, but the last one is always tried.</summary>
internal sealed class ClusterDefaults : IProxyConfigFilter
{
    public const string ProbePath = "/health";
    private const string Realtime = "realtime";
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    // Hubs send a ping every 15 s; twice missed is a dead connection.
    private static readonly TimeSpan SocketSilence = TimeSpan.FromSeconds(45);

    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel) =>
        ValueTask.FromResult(cluster with
        {
            // Headers go on as they came: a letter beyond ASCII must not look like a service that cannot be reached.
            HttpClient = (cluster.HttpClient ?? HttpClientConfig.Empty) with { RequestHeaderEncoding = "utf-8" },
            HttpRequest = new ForwarderRequestConfig
            {
                Version = HttpVersion.Version11,
                ActivityTimeout = cluster.ClusterId == Realtime ? SocketSilence : AnswerWithin
            },
            HealthCheck = new HealthCheckConfig
            {
                // With one replica, a service that was just restarted must get the very next request.
                AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
                Active = new()
                {
                    Enabled = true,
                    Path = ProbePath,
                    Interval = TimeSpan.FromSeconds(5),
                    Timeout = TimeSpan.FromSeconds(2),
                    Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures
                },
                Passive = new()
                {
                    Enabled = true,
                    Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate,
                    ReactivationPeriod = TimeSpan.FromSeconds(1)
                }
            }
        });

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) =>
        ValueTask.FromResult(route);
}
