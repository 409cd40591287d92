using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EatFast.Load;
using EatFast.Security;
using Microsoft.Extensions.Configuration;

namespace EatFast.Bench.Parts;

/// <summary>
/// What the gateway adds to a read that it cannot answer itself: somebody's own notifications, one request at a time, by turns from the
/// service itself and through it.
/// </summary>
internal static class GatewayPart
{
    private const int Pairs = 2_000;
    private const string Path = "/api/v1/notifications?limit=1";

    public static async Task RunAsync(Figures figures, BenchOptions options, OwnSystem system)
    {
        Figures.Title($"What the gateway adds ({Pairs} reads of one's own notifications each way by turns, one at a time)");
        using var client = await SignInAsync(system);
        var direct = new Uri(new Uri(system.UrlOf("notifications")), Path);
        var through = new Uri(system.Endpoints.Gateway, Path);
        await MeasureAsync(client, direct, through);
        var (directly, added50, added99) = (new List<double>(), new List<double>(), new List<double>());
        for (var repeat = 0; repeat < options.Repeats; repeat++)
        {
            var (straight, around) = await MeasureAsync(client, direct, through);
            directly.Add(OwnReads.At(straight, 0.5));
            added50.Add(OwnReads.At(around, 0.5) - OwnReads.At(straight, 0.5));
            added99.Add(OwnReads.At(around, 0.99) - OwnReads.At(straight, 0.99));
        }
        figures.Add("gateway.direct", "p50 of the service itself", new Spread(directly), "ms");
        figures.Add("gateway.added.p50", "added at p50", new Spread(added50), "ms");
        figures.Add("gateway.added.p99", "added at p99", new Spread(added99), "ms");
    }

    // The service answers nobody but the gateway, so the straight way shows the gateway's credential.
    private static async Task<HttpClient> SignInAsync(OwnSystem system)
    {
        var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null, UseCookies = false });
        using var answer = await client.PostAsJsonAsync(
            new Uri(system.Endpoints.Gateway, "/api/v1/auth/login"), new { email = "customer@eatfast.local", password = "EatFast-Demo-2026" });
        var token = (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())?["data"]?["accessToken"]
            ?? throw new LoadFailedException($"The demo customer cannot sign in: {(int)answer.StatusCode}.");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var secrets = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Security:InternalKey"] = system.Secret("internal-key") }).Build();
        client.DefaultRequestHeaders.Add(InternalCalls.Header, new InternalCalls(secrets).Key);
        return client;
    }

    private static async Task<(List<double> Straight, List<double> Around)> MeasureAsync(HttpClient client, Uri direct, Uri through)
    {
        var (straight, around) = (new List<double>(), new List<double>());
        for (var pair = 0; pair < Pairs; pair++)
        {
            straight.Add(await TimeAsync(client, direct));
            around.Add(await TimeAsync(client, through));
        }
        straight.Sort();
        around.Sort();
        return (straight, around);
    }

    private static async Task<double> TimeAsync(HttpClient client, Uri address) =>
        await OwnReads.TimeAsync(client, address) ?? throw new LoadFailedException($"{address} does not answer with 200, so there is nothing to compare.");
}
