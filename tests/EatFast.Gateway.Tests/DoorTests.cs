using System.Net;
using System.Net.Http.Json;

namespace EatFast.Gateway.Tests;

/// <summary>Outside Development, behind one proxy that ends TLS, with somebody trying to switch the limits off.</summary>
public sealed class ProductionGateway : GatewaySystem
{
    public ProductionGateway() => Redis = NoRedis;

    protected override string EnvironmentName => "Production";

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["RateLimits:Enabled"] = "false",
        ["Gateway:TrustedProxies:0"] = "127.0.0.1",
        ["Cors:Origins:0"] = "https://eatfast.cm"
    };
}

public sealed class ProductionDoorTests(ProductionGateway system) : IClassFixture<ProductionGateway>
{
    [Fact]
    public async Task What_comes_in_the_clear_is_refused_or_sent_on_but_probes_are_answered()
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = system.ClientOptions.BaseAddress };

        using var api = await client.GetAsync(new Uri("/api/v1/restaurants", UriKind.Relative));
        using var page = await client.GetAsync(new Uri("/status", UriKind.Relative));
        using var probe = await client.GetAsync(new Uri("/alive", UriKind.Relative));

        Assert.Equal("HTTPS_REQUIRED", (string?)(await GatewaySystem.ReadAsync(api))["error_code"]);
        Assert.Equal((HttpStatusCode.PermanentRedirect, "https"), (page.StatusCode, page.Headers.Location!.Scheme));
        Assert.Equal(HttpStatusCode.OK, probe.StatusCode);
    }

    [Fact]
    public async Task The_trusted_proxy_says_that_it_was_https_and_who_the_client_is()
    {
        using var client = system.Client();
        using var request = ByHttps("/api/v1/restaurants", "203.0.113.7");
        request.Headers.Host = "api.eatfast.cm";

        using var response = await client.SendAsync(request);

        var received = await response.Content.ReadFromJsonAsync<Received>();
        Assert.Equal("203.0.113.7", received!.Headers["x-forwarded-for"]);
        Assert.Equal("max-age=31536000; includeSubDomains", response.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Fact]
    public async Task Limits_cannot_be_switched_off_here_and_each_client_behind_the_proxy_has_its_own()
    {
        using var client = system.Client();
        var statuses = new List<HttpStatusCode>();
        for (var request = 0; request < 35; request++)
        {
            using var message = ByHttps("/api/v1/restaurants", $"6.6.6.{request}, 203.0.113.8");
            using var response = await client.SendAsync(message);
            statuses.Add(response.StatusCode);
        }

        using var neighbour = await client.SendAsync(ByHttps("/api/v1/restaurants", "203.0.113.9"));

        Assert.Equal(30, statuses.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(HttpStatusCode.OK, neighbour.StatusCode);
    }

    private static HttpRequestMessage ByHttps(string path, string from)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", from);
        return request;
    }
}

public sealed class DoorTests(GatewaySystem system) : IClassFixture<GatewaySystem>
{
    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:3000.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:3000", HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.OK)]
    public async Task A_page_opens_a_socket_only_from_a_listed_origin(string? origin, HttpStatusCode expected)
    {
        using var client = system.Client();
        if (origin is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation("Origin", origin);

        using var response = await client.GetAsync(new Uri("/socket.io/?EIO=4&transport=polling", UriKind.Relative));

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task The_gateway_proves_itself_to_the_services_and_a_client_cannot()
    {
        using var client = system.Client();
        client.DefaultRequestHeaders.Add("X-Internal-Key", "guess");

        var received = await client.GetFromJsonAsync<Received>(new Uri("/api/v1/restaurants", UriKind.Relative));

        Assert.Matches("^[0-9a-f]{64}$", received!.Headers["x-internal-key"]);
    }

    [Fact]
    public async Task Headers_beyond_32_KiB_or_64_of_them_are_refused()
    {
        using var client = system.Client();
        using var large = new HttpRequestMessage(HttpMethod.Get, "/api/v1/restaurants");
        large.Headers.Add("X-Filler", new string('x', 33_000));
        using var many = new HttpRequestMessage(HttpMethod.Get, "/api/v1/restaurants");
        for (var number = 0; number < 70; number++)
            many.Headers.Add($"X-Filler-{number}", "x");

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, (await client.SendAsync(large)).StatusCode);
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, (await client.SendAsync(many)).StatusCode);
    }

    [Theory]
    [InlineData(70_000, false, true)]
    [InlineData(70_000, true, true)]
    [InlineData(700, false, false)]
    public async Task Who_is_refused_before_a_long_body_was_read_is_told_that_the_connection_ends(int bytes, bool isInPieces, bool expected)
    {
        using var client = system.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/orders") { Content = new ByteArrayContent(new byte[bytes]) };
        request.Headers.TransferEncodingChunked = isInPieces;

        using var response = await client.SendAsync(request);

        Assert.Equal((HttpStatusCode.Unauthorized, expected), (response.StatusCode, response.Headers.ConnectionClose == true));
    }

    [Fact]
    public async Task Every_forged_token_is_refused_at_the_door()
    {
        var tokens = system.Forged();
        var accepted = new List<string>();
        foreach (var (reason, token) in tokens.All)
        {
            using var client = system.Client();
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");
            using var response = await client.GetAsync(new Uri("/api/v1/orders", UriKind.Relative));
            if (response.StatusCode != HttpStatusCode.Unauthorized)
                accepted.Add($"{reason}: {(int)response.StatusCode}");
        }

        Assert.Empty(accepted);
    }
}
