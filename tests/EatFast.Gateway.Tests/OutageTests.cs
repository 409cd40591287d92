using System.Net;
using System.Net.Http.Json;
using EatFast.Security;

namespace EatFast.Gateway.Tests;

public sealed class OutageTests(GatewaySystem system) : IClassFixture<GatewaySystem>
{
    [Theory]
    [InlineData("GET", "catalog", "/api/v1/restaurants")]
    [InlineData("POST", "ordering", "/api/v1/orders")]
    public async Task A_dead_service_is_a_503_and_the_first_request_after_its_return_works(string method, string service, string path)
    {
        using var client = system.Client(Roles.Customer);
        await system.Backends[service].StopAsync();

        using var away = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        await system.Backends[service].StartAsync();
        using var back = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), away.Headers.RetryAfter!.Delta);
        Assert.Equal("SERVICE_UNAVAILABLE", (string?)(await GatewaySystem.ReadAsync(away))["error_code"]);
        Assert.Equal("nosniff", away.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    [Fact]
    public async Task A_request_that_could_not_be_sent_waits_for_the_restart_with_its_body()
    {
        using var client = system.Client(Roles.Customer);
        await system.Backends["payments"].StopAsync();

        var pending = client.PostAsJsonAsync(new Uri("/api/v1/payments/process", UriKind.Relative), new { orderId = 7 });
        await system.Backends["payments"].StartAsync();
        using var response = await pending;

        Assert.Equal("""{"orderId":7}""", (await response.Content.ReadFromJsonAsync<Received>())!.Body);
    }

    [Fact]
    public async Task Others_go_on_while_one_service_is_down()
    {
        using var client = system.Client(Roles.Customer);
        await system.Backends["delivery"].StopAsync();

        using var health = await client.GetAsync(new Uri("/health", UriKind.Relative));
        var received = await client.GetFromJsonAsync<Received>(new Uri("/api/v1/wallet", UriKind.Relative));
        await system.Backends["delivery"].StartAsync();

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal("payments", received!.Service);
    }
}
