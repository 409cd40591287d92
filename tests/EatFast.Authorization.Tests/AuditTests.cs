using System.Text.Json.Nodes;
using EatFast.Testing;

namespace EatFast.AuthorizationTests;

public sealed class AuditTests(AuthorizationSystem system)
{
    [Theory]
    [InlineData("identity")]
    [InlineData("catalog")]
    [InlineData("ordering")]
    [InlineData("payments")]
    [InlineData("delivery")]
    [InlineData("notifications")]
    public async Task What_an_administrator_did_in_any_service_arrives_in_the_one_log(string service)
    {
        var before = await CountAsync(service);

        using var done = await system.SendAsync(
            service, "admin", HttpMethod.Post, $"/api/v1/admin/messages/{service}-outbox_parked/redrive", """{"all":true}""");

        Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync());
        await Eventually.AsTrue(async () => await CountAsync(service) == before + 1, $"what was done in {service} is in the log");
    }

    private async Task<long> CountAsync(string service)
    {
        var path = $"/api/v1/admin/audit-logs?action=messages.redriven&service={service}";
        using var answer = await system.SendAsync("identity", "admin", HttpMethod.Get, path, null);
        return (long)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["data"]!["pagination"]!["total"]!;
    }
}
