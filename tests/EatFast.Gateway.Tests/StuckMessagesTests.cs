using System.Net;
using EatFast.Security;

namespace EatFast.Gateway.Tests;

public sealed class StuckMessagesTests(GatewaySystem system) : IClassFixture<GatewaySystem>
{
    private static readonly Uri Path = new("/api/v1/admin/messages", UriKind.Relative);

    [Fact]
    public async Task An_admin_sees_the_queues_of_all_services_and_which_of_those_did_not_answer()
    {
        using var client = system.Client(Roles.Admin);
        await system.Backends["delivery"].StopAsync();

        using var response = await client.GetAsync(Path);
        await system.Backends["delivery"].StartAsync();

        var data = (await GatewaySystem.ReadAsync(response))["data"]!;
        Assert.Equal(
            ["identity-outbox_parked", "catalog-outbox_parked", "ordering-outbox_parked", "payments-outbox_parked", "notifications-outbox_parked"],
            data["queues"]!.AsArray().Select(queue => (string?)queue!["name"]));
        Assert.Equal("delivery", (string?)data["unavailable"]!.AsArray().Single());
    }

    [Fact]
    public async Task Nobody_else_sees_them()
    {
        using var nobody = system.Client();
        using var customer = system.Client(Roles.Customer);

        using var unknown = await nobody.GetAsync(Path);
        using var forbidden = await customer.GetAsync(Path);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (unknown.StatusCode, forbidden.StatusCode));
    }
}
