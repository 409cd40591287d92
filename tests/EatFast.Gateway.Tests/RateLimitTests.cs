using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using EatFast.Security;
using EatFast.Testing;

namespace EatFast.Gateway.Tests;

/// <summary>Limits as they are delivered, over the real Redis, with a credential (and so names of counts) of this run alone.</summary>
public class LimitedGateway : GatewaySystem
{
    private static readonly string ThisRun = $"{Guid.NewGuid():N}{Guid.NewGuid():N}";

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Security:InternalKey"] = ThisRun,
        ["RateLimits:Rules:short:Paths:0"] = "/api/v1/search/short",
        ["RateLimits:Rules:short:Limit"] = "20",
        ["RateLimits:Rules:short:Window"] = "00:00:01",
        ["RateLimits:Rules:short:IsAlone"] = "true"
    };
}

/// <summary>Two processes' worth of gateways before one Redis.</summary>
public sealed class TwoGateways : IAsyncLifetime
{
    public LimitedGateway First { get; } = new();

    public LimitedGateway Second { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await First.InitializeAsync();
        await Second.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }
}

public sealed class RateLimitTests(TwoGateways gateways) : IClassFixture<TwoGateways>
{
    [Theory]
    [InlineData(Roles.Customer, 120)]
    [InlineData(Roles.DeliveryAgent, 300)]
    public async Task Two_gateways_together_admit_the_quota_of_the_role_and_no_more(string role, int quota)
    {
        var userId = Guid.NewGuid();
        using var first = ClientOf(gateways.First, userId, role);
        using var second = ClientOf(gateways.Second, userId, role);

        var statuses = new List<HttpStatusCode>();
        for (var round = 0; round < quota / 25 + 4; round++)
            statuses.AddRange(await Task.WhenAll(Enumerable.Range(0, 40).Select(number => StatusOfAsync(number % 2 == 0 ? first : second, "/api/v1/restaurants"))));

        Assert.Equal(quota, statuses.Count(status => status == HttpStatusCode.OK));
        Assert.All(statuses, status => Assert.True(status is HttpStatusCode.OK or HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task What_is_over_comes_back_as_its_window_moves_on()
    {
        using var client = ClientOf(gateways.First, Guid.NewGuid(), Roles.Customer);
        for (var request = 0; request < 20; request++)
            Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(client, "/api/v1/search/short"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusOfAsync(client, "/api/v1/search/short"));

        await Eventually.AsTrue(async () => await StatusOfAsync(client, "/api/v1/search/short") == HttpStatusCode.OK, "the window has moved on");
    }

    [Fact]
    public async Task Each_answer_says_what_is_left_and_a_refusal_when_to_come_back()
    {
        using var client = ClientOf(gateways.First, Guid.NewGuid(), Roles.Customer);

        using var first = await client.GetAsync(new Uri("/api/v1/search", UriKind.Relative));
        for (var request = 1; request < 30; request++)
            await StatusOfAsync(client, "/api/v1/search");
        using var over = await client.GetAsync(new Uri("/api/v1/search", UriKind.Relative));

        Assert.Equal(("30", "29"), (HeaderOf(first, "X-RateLimit-Limit"), HeaderOf(first, "X-RateLimit-Remaining")));
        Assert.Equal(HttpStatusCode.TooManyRequests, over.StatusCode);
        Assert.Equal(("30", "0"), (HeaderOf(over, "X-RateLimit-Limit"), HeaderOf(over, "X-RateLimit-Remaining")));
        var wait = over.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
        Assert.InRange(wait, 1, 60);
        var reset = long.Parse(HeaderOf(over, "X-RateLimit-Reset"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(reset - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), 1, 62);
        var body = await GatewaySystem.ReadAsync(over);
        Assert.Equal(("RATE_LIMIT_EXCEEDED", (int)wait), ((string?)body["error_code"], (int?)body["retryAfter"]));
    }

    [Fact]
    public async Task A_forged_header_or_a_bad_token_gives_a_stranger_nothing_extra()
    {
        using var client = gateways.First.Client();
        var admitted = 0;
        for (var request = 0; request < 90; request++)
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, "/api/v1/restaurants");
            foreach (var header in new[] { "X-Forwarded-For", "X-Real-IP", "Forwarded", "X-User-Id", "X-Client-IP", "True-Client-IP", "X-Guest-Session" })
                message.Headers.TryAddWithoutValidation(header, $"10.0.0.{request}");
            message.Headers.TryAddWithoutValidation("Authorization", $"Bearer x.y.{request}");
            using var response = await client.SendAsync(message);
            admitted += response.StatusCode == HttpStatusCode.OK ? 1 : 0;
        }

        Assert.InRange(admitted, 1, 60);
    }

    [Fact]
    public async Task Signing_in_to_one_account_is_limited_however_it_is_written_and_the_body_arrives_whole()
    {
        using var client = ClientOf(gateways.First, Guid.NewGuid(), Roles.Customer);
        var name = Guid.NewGuid().ToString("N");
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var admitted = await LoginAsync(client, attempt % 2 == 0 ? $"A{name}@example.cm" : $" a{name}@EXAMPLE.cm");
            var received = await admitted.Content.ReadFromJsonAsync<Received>();
            Assert.Contains(name, received!.Body, StringComparison.Ordinal);
        }

        using var over = await LoginAsync(client, $"a{name}@example.cm");
        using var other = await LoginAsync(client, $"b{name}@example.cm");

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (over.StatusCode, other.StatusCode));
    }

    [Fact]
    public async Task The_forms_that_need_no_account_share_one_limit_under_all_their_names()
    {
        string[] names = ["v1/public/contact", "public/contact", "v1/contact/submit", "v1/newsletter/subscribe", "v1/partner-applications"];
        var statuses = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 25; attempt++)
        {
            // Another account each time: the limit is the network's.
            using var client = ClientOf(gateways.Second, Guid.NewGuid(), Roles.Customer);
            using var answer = await client.PostAsJsonAsync(new Uri($"/api/{names[attempt % names.Length]}", UriKind.Relative), new { });
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(20, statuses.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(5, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
    }

    private static Task<HttpResponseMessage> LoginAsync(HttpClient client, string email) =>
        client.PostAsJsonAsync(new Uri("/api/v1/auth/login", UriKind.Relative), new { email, password = "x" });

    private static HttpClient ClientOf(GatewaySystem gateway, Guid userId, string role)
    {
        var client = gateway.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", gateway.TokenFor(userId, role));
        return client;
    }

    private static async Task<HttpStatusCode> StatusOfAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }

    private static string HeaderOf(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();
}

/// <summary>Limits are on, and Redis is away.</summary>
public sealed class WithoutRedis : GatewaySystem
{
    public WithoutRedis() => Redis = NoRedis;

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();
}

public sealed class WithoutRedisTests(WithoutRedis system) : IClassFixture<WithoutRedis>
{
    [Fact]
    public async Task Half_of_the_quota_still_holds()
    {
        using var client = system.Client(Roles.Customer);
        var statuses = new List<HttpStatusCode>();
        for (var request = 0; request < 100; request++)
        {
            using var response = await client.GetAsync(new Uri("/api/v1/restaurants", UriKind.Relative));
            statuses.Add(response.StatusCode);
        }

        Assert.Equal(60, statuses.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(40, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
    }
}
