using System.Net;
using System.Text;
using EatFast.Catalog.Contracts;
using EatFast.Security;

namespace EatFast.Catalog.Tests.Features;

public sealed class SetItemAvailabilityTests(CatalogSystem system)
{
    [Theory]
    [InlineData("""{"is_available":false}""")]
    [InlineData("""{"isAvailable":false}""")]
    public async Task The_owner_sells_an_item_out_and_the_menu_says_so_at_once(string body)
    {
        var kitchen = await system.OpenKitchenAsync();
        await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}/menu");

        using var answer = await PutAsync(system.SignedIn(kitchen.Restaurant.OwnerId), kitchen.Item.Id, body);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var menu = await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}/menu");
        Assert.False(menu.GetProperty("menu")[0].GetProperty("isAvailable").GetBoolean());
        var announced = Assert.Single(await AnnouncedAsync(kitchen));
        Assert.False(announced.IsAvailable);
        Assert.Equal(kitchen.Id, announced.RestaurantId);
    }

    [Fact]
    public async Task Saying_the_same_again_announces_nothing()
    {
        var kitchen = await system.OpenKitchenAsync();

        using var answer = await PutAsync(system.SignedIn(kitchen.Restaurant.OwnerId), kitchen.Item.Id, """{"is_available":true}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await AnnouncedAsync(kitchen));
    }

    [Fact]
    public async Task An_item_of_somebody_else_is_not_there()
    {
        var kitchen = await system.OpenKitchenAsync();

        using var foreign = await PutAsync(system.SignedIn(Guid.NewGuid()), kitchen.Item.Id, """{"is_available":false}""");
        using var unknown = await PutAsync(system.SignedIn(kitchen.Restaurant.OwnerId), Guid.NewGuid(), """{"is_available":false}""");
        using var admin = await PutAsync(system.SignedIn(Guid.NewGuid(), Roles.Admin), kitchen.Item.Id, """{"is_available":false}""");

        await foreign.IsRefusedAsync(HttpStatusCode.NotFound, "MENU_ITEM_NOT_FOUND");
        await unknown.IsRefusedAsync(HttpStatusCode.NotFound, "MENU_ITEM_NOT_FOUND");
        Assert.Equal(HttpStatusCode.OK, admin.StatusCode);
    }

    [Fact]
    public async Task Customers_and_strangers_may_not_touch_menus()
    {
        var kitchen = await system.OpenKitchenAsync();

        using var customer = await PutAsync(system.SignedIn(Guid.NewGuid(), Roles.Customer), kitchen.Item.Id, """{"is_available":false}""");
        using var stranger = await PutAsync(system.Public, kitchen.Item.Id, """{"is_available":false}""");

        await customer.IsRefusedAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_PERMISSIONS");
        await stranger.IsRefusedAsync(HttpStatusCode.Unauthorized, "MISSING_TOKEN");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[true]")]
    [InlineData("""{"is_available":null}""")]
    [InlineData("""{"is_available":"false"}""")]
    [InlineData("""{"is_available":0}""")]
    [InlineData("""{"is_available":false,"isAvailable":true}""")]
    [InlineData("""{"is_available":false,"price":1}""")]
    [InlineData("""{"is_available":fal""")]
    public async Task A_wrong_body_is_refused_and_changes_nothing(string body)
    {
        var kitchen = await system.OpenKitchenAsync();

        using var answer = await PutAsync(system.SignedIn(kitchen.Restaurant.OwnerId), kitchen.Item.Id, body);

        await answer.IsRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Empty(await AnnouncedAsync(kitchen));
    }

    private async Task<List<MenuItemChanged>> AnnouncedAsync(Kitchen kitchen) =>
        [.. (await system.Catalog.AnnouncedAsync<MenuItemChanged>()).Where(announced => announced.ItemId == kitchen.Item.Id)];

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, Guid itemId, string body) => client.PutAsync(
        new Uri($"/api/v1/menu/items/{itemId}/availability", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));
}
