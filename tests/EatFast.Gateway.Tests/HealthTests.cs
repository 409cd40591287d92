using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EatFast.Security;
using EatFast.Testing;

namespace EatFast.Gateway.Tests;

public sealed class HealthTests(GatewaySystem system) : IClassFixture<GatewaySystem>
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    [InlineData("/metrics")]
    public async Task Probes_answer_without_a_token(string path)
    {
        using var client = system.Client();

        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_health_under_the_api_wears_the_envelope()
    {
        using var client = system.Client();

        var body = await client.GetFromJsonAsync<JsonNode>(new Uri("/api/v1/health", UriKind.Relative));

        Assert.Equal((true, "Healthy"), ((bool)body!["success"]!, (string?)body["data"]!["status"]));
    }

    [Fact]
    public async Task The_detail_shows_services_and_the_stores_they_see()
    {
        system.Backends["catalog"].Health = """
            {"status":"Degraded","checks":{"CatalogDbContext":{"status":"Healthy","durationMs":3},
             "StackExchange.Redis":{"status":"Degraded","durationMs":9},"masstransit-bus":{"status":"Healthy","durationMs":1}}}
            """;

        var health = await UntilAsync(health => StatusOf(health, "services", "catalog") == "Degraded");

        Assert.Equal("Degraded", (string?)health["status"]);
        Assert.Equal("Healthy", StatusOf(health, "services", "identity"));
        Assert.Equal("Healthy", StatusOf(health, "stores", "postgres"));
        Assert.Equal("Unhealthy", StatusOf(health, "stores", "redis"));
        Assert.Equal("Healthy", StatusOf(health, "stores", "rabbitmq"));
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_shown_as_unreachable()
    {
        await system.Backends["delivery"].StopAsync();
        var down = await UntilAsync(health => StatusOf(health, "services", "delivery") == "Unreachable");
        await system.Backends["delivery"].StartAsync();

        Assert.Equal("Degraded", (string?)down["status"]);
        await UntilAsync(health => StatusOf(health, "services", "delivery") == "Healthy");
    }

    [Fact]
    public async Task Memory_uptime_and_restarts_come_from_the_run_on_this_machine()
    {
        var endpoints = $$"""
            {"resources":[{"name":"payments","pid":{{Environment.ProcessId}},"restarts":2},{"name":"finished","pid":null,"restarts":0}]}
            """;
        await File.WriteAllTextAsync(Path.Combine(system.StateFolder, "endpoints.json"), endpoints);

        var health = await UntilAsync(health => PartOf(health, "services", "payments")["restarts"] is not null);

        var payments = PartOf(health, "services", "payments");
        Assert.Equal(2, (int)payments["restarts"]!);
        Assert.True((double)payments["uptimeSeconds"]! >= 0);
        Assert.True(!OperatingSystem.IsLinux() || (double)health["memory"]!["totalMb"]! > 10);
        Assert.Equal((double)health["memory"]!["totalMb"]!, (double)health["memory"]!["dotNetMb"]!);
    }

    [Theory]
    [InlineData("/api/v1/admin/system-health")]
    [InlineData("/api/v1/admin/system/health")]
    public async Task Only_an_administrator_sees_it_under_the_api(string path)
    {
        using var customer = system.Client(Roles.Customer);
        using var admin = system.Client(Roles.Admin);

        using var refused = await customer.GetAsync(new Uri(path, UriKind.Relative));
        var shown = await admin.GetFromJsonAsync<JsonNode>(new Uri(path, UriKind.Relative));

        Assert.Equal("INSUFFICIENT_PERMISSIONS", (string?)(await GatewaySystem.ReadAsync(refused))["error_code"]);
        Assert.NotNull(shown!["data"]!["services"]);
    }

    [Fact]
    public async Task The_status_page_stands_alone()
    {
        using var client = system.Client();

        using var response = await client.GetAsync(new Uri("/status", UriKind.Relative));

        var page = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("/health/detailed", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.Contains("script-src 'sha256-", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    private async Task<JsonNode> UntilAsync(Func<JsonNode, bool> condition)
    {
        using var client = system.Client();
        return await Eventually.Value(
            async () =>
            {
                var health = await client.GetFromJsonAsync<JsonNode>(new Uri("/health/detailed", UriKind.Relative));
                return condition(health!) ? health : null;
            },
            "the detailed health shows it");
    }

    private static string? StatusOf(JsonNode health, string group, string name) => (string?)PartOf(health, group, name)["status"];

    private static JsonNode PartOf(JsonNode health, string group, string name) =>
        health[group]!.AsArray().Single(part => (string?)part!["name"] == name)!;
}
