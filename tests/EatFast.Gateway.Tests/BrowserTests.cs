using System.Net;

namespace EatFast.Gateway.Tests;

public sealed class BrowserTests(GatewaySystem system) : IClassFixture<GatewaySystem>
{
    [Theory]
    [InlineData("/api/v1/restaurants", 200)]
    [InlineData("/api/v1/nothing-here", 404)]
    [InlineData("/api/v1/orders", 401)]
    [InlineData("/health", 200)]
    [InlineData("/status", 200)]
    [InlineData("/scalar/", 200)]
    public async Task Every_answer_carries_the_security_headers(string path, int status)
    {
        using var client = system.Client();

        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Empty(response.Headers.Server);
    }

    [Theory]
    [InlineData("/api/v1/restaurants")]
    [InlineData("/api/v1/nothing-here")]
    public async Task Api_answers_are_not_stored_unless_the_service_says_so(string path)
    {
        using var client = system.Client();

        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_listed_origin_may_call_with_credentials_and_the_contract_headers()
    {
        using var response = await PreflightAsync("http://localhost:5173");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("http://localhost:5173", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("true", response.Headers.GetValues("Access-Control-Allow-Credentials").Single());
        var headers = response.Headers.GetValues("Access-Control-Allow-Headers").Single();
        foreach (var header in new[] { "X-Guest-Session", "X-Device-Type", "X-App-Version", "X-Platform", "Idempotency-Key" })
            Assert.Contains(header, headers, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("https://localhost:5173")]
    [InlineData("http://localhost:5173.evil.example")]
    [InlineData("http://sub.localhost:5173")]
    [InlineData("null")]
    public async Task Any_other_origin_gets_nothing(string origin)
    {
        using var response = await PreflightAsync(origin);

        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Even_a_refusal_can_be_read_by_a_listed_origin()
    {
        using var client = system.Client();
        client.DefaultRequestHeaders.Add("Origin", "http://localhost:3000");

        using var response = await client.GetAsync(new Uri("/api/v1/orders", UriKind.Relative));

        Assert.Equal("http://localhost:3000", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("Retry-After", response.Headers.GetValues("Access-Control-Expose-Headers").Single(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PreflightAsync(string origin)
    {
        using var client = system.Client();
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/v1/orders")
        {
            Headers =
            {
                { "Origin", origin },
                { "Access-Control-Request-Method", "POST" },
                { "Access-Control-Request-Headers", "x-guest-session,x-device-type,x-app-version,x-platform,idempotency-key" }
            }
        };
        return await client.SendAsync(request);
    }
}
