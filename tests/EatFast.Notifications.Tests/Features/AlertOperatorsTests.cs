using EatFast.Delivery.Contracts;
using EatFast.Security;

namespace EatFast.Notifications.Tests.Features;

public sealed class AlertOperatorsTests(NotificationsSystem system)
{
    private const string Path = "/api/v1/notifications";

    [Fact]
    public async Task Every_administrator_sees_food_without_a_driver_live_and_in_the_list_and_nobody_else_does()
    {
        var number = $"EF-{Guid.NewGuid():N}";
        await using var listener = await Listener.OpenAsync(system, Guid.NewGuid(), Roles.Admin);

        await system.Service.DeliverAsync(Stalled(number), Guid.NewGuid(), times: 2);

        var heard = await listener.HearAsync(
            "user:notification", payload => payload.Text("title")!.Contains(number, StringComparison.Ordinal));
        Assert.Contains("21 minutes", heard.Text("body"), StringComparison.Ordinal);
        Assert.Single(await TitlesAsync(Roles.Admin), title => title.Contains(number, StringComparison.Ordinal));
        Assert.DoesNotContain(await TitlesAsync(Roles.DeliveryAgent), title => title.Contains(number, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_one_administrator_has_read_is_read_for_all()
    {
        var number = $"EF-{Guid.NewGuid():N}";
        await system.Service.DeliverAsync(Stalled(number));
        var listed = (await Client(Roles.Admin).GetDataAsync($"{Path}?limit=100")).GetProperty("notifications").EnumerateArray();
        var id = listed.First(row => row.Text("title")!.Contains(number, StringComparison.Ordinal)).Text("id");

        var stranger = await Client(Roles.Customer).SendJsonAsync(HttpMethod.Put, $"{Path}/{id}/read");
        await stranger.AssertRefusedAsync(404, "NOTIFICATION_NOT_FOUND");
        await (await Client(Roles.Admin).SendJsonAsync(HttpMethod.Put, $"{Path}/{id}/read")).DataAsync();

        var again = (await Client(Roles.Admin).GetDataAsync($"{Path}?limit=100")).GetProperty("notifications").EnumerateArray();
        Assert.True(again.First(row => row.Text("id") == id).GetProperty("isRead").GetBoolean());
    }

    private DeliveryStalled Stalled(string number)
    {
        var now = system.Clock.GetUtcNow();
        return new(Guid.NewGuid(), Guid.NewGuid(), number, Guid.NewGuid(), now.AddMinutes(-21), now);
    }

    private HttpClient Client(string role) => system.ClientOf("notifications", Guid.NewGuid(), role);

    private async Task<List<string>> TitlesAsync(string role)
    {
        var data = await Client(role).GetDataAsync($"{Path}?limit=100");
        return [.. data.GetProperty("notifications").EnumerateArray().Select(row => row.Text("title")!)];
    }
}
