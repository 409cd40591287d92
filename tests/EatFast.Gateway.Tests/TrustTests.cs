using System.Net;
using System.Net.Http.Json;
using System.Text;
using EatFast.Security;

namespace EatFast.Gateway.Tests;

public sealed class TrustTests(GatewaySystem system) : IClassFixture<GatewaySystem>
{
    [Theory]
    [InlineData("/api/v1/orders")]
    [InlineData("/api/v1/payments/process")]
    [InlineData("/api/v1/drivers/me/profile")]
    [InlineData("/api/v1/restaurant/orders")]
    [InlineData("/api/v1/restaurants/1/orders")]
    [InlineData("/api/v1/admin/users")]
    [InlineData("/api/v1/admin/system-health")]
    public async Task Without_a_token_a_protected_resource_is_closed(string path)
    {
        using var client = system.Client();

        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("MISSING_TOKEN", (string?)(await GatewaySystem.ReadAsync(response))["error_code"]);
    }

    [Fact]
    public async Task A_forged_token_is_refused_where_one_is_needed_and_dropped_where_none_is()
    {
        using var client = system.Client();
        client.DefaultRequestHeaders.Add("Authorization", "Bearer " + system.TokenFor(Roles.Admin)[..^4] + "AAAA");

        using var closed = await client.GetAsync(new Uri("/api/v1/orders", UriKind.Relative));
        var open = await client.GetFromJsonAsync<Received>(new Uri("/api/v1/restaurants", UriKind.Relative));

        Assert.Equal("INVALID_TOKEN", (string?)(await GatewaySystem.ReadAsync(closed))["error_code"]);
        Assert.DoesNotContain("authorization", open!.Headers.Keys);
    }

    [Fact]
    public async Task A_good_token_is_passed_on()
    {
        using var client = system.Client(Roles.Customer);

        var received = await client.GetFromJsonAsync<Received>(new Uri("/api/v1/restaurants", UriKind.Relative));

        Assert.StartsWith("Bearer ey", received!.Headers["authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_may_knock_at_payments()
    {
        using var client = system.Client();
        client.DefaultRequestHeaders.Add("X-Guest-Session", "g-1");

        var received = await client.GetFromJsonAsync<Received>(new Uri("/api/v1/payments/methods", UriKind.Relative));

        Assert.Equal("g-1", received!.Headers["x-guest-session"]);
    }

    [Fact]
    public async Task A_provider_keeps_its_own_kind_of_authorization()
    {
        using var client = system.Client();
        client.DefaultRequestHeaders.Add("Authorization", "App infobip");

        var received = await client.GetFromJsonAsync<Received>(new Uri("/api/v1/webhooks/infobip", UriKind.Relative));

        Assert.Equal("App infobip", received!.Headers["authorization"]);
    }

    [Fact]
    public async Task What_a_client_claims_about_itself_is_dropped()
    {
        using var client = system.Client();
        foreach (var header in new[] { "X-User-Id", "X-User-Role", "X-Internal-Key", "X-Forwarded-For", "X-Forwarded-User", "Forwarded" })
            client.DefaultRequestHeaders.TryAddWithoutValidation(header, "6.6.6.6");

        var headers = (await client.GetFromJsonAsync<Received>(new Uri("/api/v1/restaurants", UriKind.Relative)))!.Headers;

        Assert.DoesNotContain("6.6.6.6", headers.Values);
        Assert.Equal(("127.0.0.1", "http"), (headers["x-forwarded-for"], headers["x-forwarded-proto"]));
    }

    [Fact]
    public async Task The_request_id_of_the_client_travels_and_comes_back_once()
    {
        using var client = system.Client();
        client.DefaultRequestHeaders.Add("X-Request-Id", "trace-me-1");

        using var response = await client.GetAsync(new Uri("/api/v1/restaurants", UriKind.Relative));

        Assert.Equal(["trace-me-1"], response.Headers.GetValues("X-Request-Id"));
        Assert.Equal("trace-me-1", (await response.Content.ReadFromJsonAsync<Received>())!.Headers["x-request-id"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_64_KiB_is_refused(bool chunked)
    {
        using var client = system.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login")
        {
            Content = new StringContent(new string('x', 70_000), Encoding.UTF8, "application/json"),
            Headers = { TransferEncodingChunked = chunked }
        };

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("PAYLOAD_TOO_LARGE", (string?)(await GatewaySystem.ReadAsync(response))["error_code"]);
    }
}
