using System.Net;
using System.Text;

namespace EatFast.Gateway.Tests;

/// <summary>Outside Development every answer is hardened, whoever wrote it and however it went.</summary>
public sealed class AnswerHeadersTests(ProductionGateway system) : IClassFixture<ProductionGateway>
{
    private static int _clients;

    [Theory]
    [InlineData("GET", "/api/v1/restaurants", 200)]
    [InlineData("GET", "/api/v1/restaurants?q=%00", 400)]
    [InlineData("GET", "/api/v1/orders", 401)]
    [InlineData("GET", "/nothing/here", 404)]
    [InlineData("GET", "/api/v1/search/forbidden", 409)]
    [InlineData("GET", "/status", 200)]
    public async Task Whatever_the_status(string method, string path, int status)
    {
        using var response = await SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        AssertHardened(response, status);
    }

    [Fact]
    public async Task A_page_of_strangers_a_large_body_and_another_encoding_too()
    {
        using var socket = new HttpRequestMessage(HttpMethod.Get, "/hubs/realtime") { Headers = { { "Origin", "https://evil.example" } } };
        using var large = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login") { Content = Json(new string('x', 80_000), Encoding.UTF8) };
        using var other = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login") { Content = Json("{}", Encoding.Unicode) };

        AssertHardened(await SendAsync(socket), 403);
        AssertHardened(await SendAsync(large), 413);
        AssertHardened(await SendAsync(other), 415);
    }

    [Fact]
    public async Task Who_is_over_the_quota_too_and_only_there_where_the_guesses_come_from()
    {
        var (stranger, owner) = ("203.0.113.120", "203.0.113.121");
        using var first = await LoginAsync(stranger);
        using var second = await LoginAsync(stranger);

        using var over = await LoginAsync(stranger);
        using var elsewhere = await LoginAsync(owner);

        AssertHardened(over, 429);
        Assert.Equal(HttpStatusCode.OK, elsewhere.StatusCode);
    }

    [Fact]
    public async Task A_service_that_is_away_too()
    {
        await system.Backends["delivery"].StopAsync();

        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/v1/drivers/me/profile"), system.TokenFor("delivery_agent"));

        AssertHardened(response, 503);
        await system.Backends["delivery"].StartAsync();
    }

    [Fact]
    public async Task In_the_clear_nothing_is_said_that_a_browser_would_have_to_ignore()
    {
        using var response = await system.Client().GetAsync(new Uri("/api/v1/restaurants", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
    }

    private static void AssertHardened(HttpResponseMessage response, int status)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("max-age=31536000; includeSubDomains", response.Headers.GetValues("Strict-Transport-Security").Single());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"));
    }

    private Task<HttpResponseMessage> LoginAsync(string from) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login") { Content = Json("""{"email":"one@example.cm","password":"x"}""", Encoding.UTF8) },
        from: from);

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? token = null, string? from = null)
    {
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", from ?? $"198.51.100.{Interlocked.Increment(ref _clients)}");
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        return system.Client().SendAsync(request);
    }

    private static StringContent Json(string text, Encoding encoding) => new(text, encoding, "application/json");
}
