using System.Net;
using EatFast.Catalog.Contracts;
using EatFast.Security;

namespace EatFast.Catalog.Tests.Features;

public sealed class EditProfileTests(CatalogSystem system)
{
    [Fact]
    public async Task What_is_left_out_stays_and_the_public_sees_the_rest()
    {
        var kitchen = await system.OpenKitchenAsync();
        var owner = system.SignedIn(kitchen.Restaurant.OwnerId);

        var edited = await (await owner.SendAsync("PUT", "/restaurant/profile",
            """{"description":"Braisé au charbon","minimumOrder":3500,"autoAccept":true}""")).DataAsync();

        Assert.Equal(kitchen.Restaurant.Name, edited.GetProperty("name").GetString());
        Assert.True(edited.GetProperty("autoAccept").GetBoolean());
        var seen = await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}");
        Assert.Equal("Braisé au charbon", seen.GetProperty("description").GetString());
        Assert.Equal(3500, seen.GetProperty("minimumOrder").GetInt64());
        Assert.False(seen.TryGetProperty("commissionRate", out _));
        Assert.True(Assert.Single(await ChangesOf(kitchen)).AcceptsAutomatically);
    }

    [Fact]
    public async Task Hours_and_holidays_close_the_kitchen()
    {
        var kitchen = await system.OpenKitchenAsync();
        var owner = system.SignedIn(kitchen.Restaurant.OwnerId);
        var today = DateOnly.FromDateTime(system.Clock.GetUtcNow().AddHours(1).UtcDateTime);

        using var holiday = await owner.SendAsync("PUT", $"/restaurant/{kitchen.Id}/hours", $$"""{"holidays":["{{today:yyyy-MM-dd}}"]}""");
        Assert.False((await holiday.DataAsync()).GetProperty("isOpen").GetBoolean());

        using var work = await owner.SendAsync("PUT", $"/restaurant/{kitchen.Id}/hours", """{"holidays":[]}""");
        Assert.True((await work.DataAsync()).GetProperty("isOpen").GetBoolean());

        using var never = await owner.SendAsync("PUT", $"/restaurant/{kitchen.Id}/hours", """{"operatingHours":{"monday":"closed"}}""");
        Assert.False((await never.DataAsync()).GetProperty("isOpen").GetBoolean());
    }

    [Theory]
    [InlineData("""{"operatingHours":{"lundi":"08:00-22:00"}}""")]
    [InlineData("""{"operatingHours":{"monday":"8-22"}}""")]
    [InlineData("""{"operatingHours":{"monday":"25:00-26:00"}}""")]
    [InlineData("""{"operatingHours":{"monday":null}}""")]
    [InlineData("""{"holidays":["31/12/2026"]}""")]
    [InlineData("{}")]
    public async Task Hours_that_nobody_could_read_are_refused(string body)
    {
        var kitchen = await system.OpenKitchenAsync();

        using var answer = await system.SignedIn(kitchen.Restaurant.OwnerId).SendAsync("PUT", $"/restaurant/{kitchen.Id}/hours", body);

        await answer.IsRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Zones_and_radius_are_stored_as_drawn()
    {
        var kitchen = await system.OpenKitchenAsync();
        var owner = system.SignedIn(kitchen.Restaurant.OwnerId);

        using var radius = await owner.SendAsync("PUT", $"/restaurant/{kitchen.Id}/delivery-radius", """{"radius":7.5}""");
        using var zones = await owner.SendAsync("PUT", $"/restaurant/{kitchen.Id}/delivery-zones", """
            {"zones":[{"name":"Akwa","fee":500,"polygon":[{"latitude":4.0,"longitude":9.6},{"latitude":4.0,"longitude":9.8},{"latitude":4.1,"longitude":9.7}]}]}
            """);
        using var flat = await owner.SendAsync("PUT", $"/restaurant/{kitchen.Id}/delivery-zones",
            """{"zones":[{"name":"Akwa","fee":500,"polygon":[{"latitude":4.0,"longitude":9.6}]}]}""");

        var stored = await zones.DataAsync();
        Assert.Equal(7.5, stored.GetProperty("deliveryRadius").GetDouble());
        Assert.Equal(3, stored.GetProperty("deliveryZones")[0].GetProperty("polygon").GetArrayLength());
        Assert.Equal(HttpStatusCode.OK, radius.StatusCode);
        await flat.IsRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Theory]
    [InlineData("GET", "/restaurant/profile?restaurantId={0}", null)]
    [InlineData("PUT", "/restaurant/profile?restaurantId={0}", """{"name":"Mien"}""")]
    [InlineData("PUT", "/restaurant/{0}/hours", """{"holidays":[]}""")]
    [InlineData("PUT", "/restaurant/{0}/delivery-radius", """{"radius":5}""")]
    [InlineData("PUT", "/restaurant/{0}/delivery-zones", """{"zones":[]}""")]
    public async Task Another_owners_restaurant_is_not_there(string method, string path, string? body)
    {
        var kitchen = await system.OpenKitchenAsync();
        var target = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, kitchen.Id);

        using var foreign = await system.SignedIn(Guid.NewGuid()).SendAsync(method, target, body);
        using var customer = await system.SignedIn(Guid.NewGuid(), Roles.Customer).SendAsync(method, target, body);

        await foreign.IsRefusedAsync(HttpStatusCode.NotFound, "RESTAURANT_NOT_FOUND");
        Assert.Equal(HttpStatusCode.Forbidden, customer.StatusCode);
    }

    private async Task<IEnumerable<RestaurantChanged>> ChangesOf(Kitchen kitchen) =>
        (await system.Catalog.AnnouncedAsync<RestaurantChanged>()).Where(change => change.RestaurantId == kitchen.Id);
}
