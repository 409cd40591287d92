using System.Net;
using EatFast.Catalog.Domain;

namespace EatFast.Catalog.Tests.Features;

public sealed class GetRestaurantTests(CatalogSystem system)
{
    [Fact]
    public async Task Anyone_sees_an_active_restaurant()
    {
        var kitchen = await system.OpenKitchenAsync();

        var restaurant = await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}?lat=5.4778&lng=10.4176");

        Assert.Equal(kitchen.Restaurant.Name, restaurant.GetProperty("name").GetString());
        Assert.Equal(0, restaurant.GetProperty("distance").GetDouble());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/menu")]
    public async Task A_restaurant_that_is_not_active_is_not_there(string part)
    {
        var pending = await system.OpenKitchenAsync(RestaurantStatus.Pending);

        using var hidden = await system.Public.GetAsync(new Uri($"/api/v1/restaurants/{pending.Id}{part}", UriKind.Relative));
        using var unknown = await system.Public.GetAsync(new Uri($"/api/v1/restaurants/{Guid.NewGuid()}{part}", UriKind.Relative));
        using var malformed = await system.Public.GetAsync(new Uri($"/api/v1/restaurants/12{part}", UriKind.Relative));

        await hidden.IsRefusedAsync(HttpStatusCode.NotFound, "RESTAURANT_NOT_FOUND");
        await unknown.IsRefusedAsync(HttpStatusCode.NotFound, "RESTAURANT_NOT_FOUND");
        await malformed.IsRefusedAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }
}
