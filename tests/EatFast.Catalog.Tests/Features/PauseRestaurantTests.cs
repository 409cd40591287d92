using System.Net;
using System.Text;
using EatFast.Security;

namespace EatFast.Catalog.Tests.Features;

public sealed class PauseRestaurantTests(CatalogSystem system)
{
    [Fact]
    public async Task The_owner_pauses_and_resumes()
    {
        var kitchen = await system.OpenKitchenAsync();
        var owner = system.SignedIn(kitchen.Restaurant.OwnerId);

        using var paused = await PutAsync(owner, """{"isOpen":false}""");
        Assert.Equal(HttpStatusCode.OK, paused.StatusCode);
        Assert.False(await IsOpenAsync(kitchen));

        using var resumed = await PutAsync(owner, """{"isOpen":true}""");
        Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);
        Assert.True(await IsOpenAsync(kitchen));
    }

    [Fact]
    public async Task Who_owns_several_restaurants_has_to_name_one()
    {
        var first = await system.OpenKitchenAsync();
        var second = await system.OpenKitchenAsync(ownerId: first.Restaurant.OwnerId);
        var owner = system.SignedIn(first.Restaurant.OwnerId);

        using var unclear = await PutAsync(owner, """{"isOpen":false}""");
        using var clear = await PutAsync(owner, """{"isOpen":false}""", second.Id);

        await unclear.IsRefusedAsync(HttpStatusCode.Conflict, "RESTAURANT_AMBIGUOUS");
        Assert.Equal(HttpStatusCode.OK, clear.StatusCode);
        Assert.True(await IsOpenAsync(first));
        Assert.False(await IsOpenAsync(second));
    }

    [Fact]
    public async Task A_restaurant_of_somebody_else_is_not_there()
    {
        var kitchen = await system.OpenKitchenAsync();

        using var none = await PutAsync(system.SignedIn(Guid.NewGuid()), """{"isOpen":false}""");
        using var foreign = await PutAsync(system.SignedIn(Guid.NewGuid()), """{"isOpen":false}""", kitchen.Id);
        using var customer = await PutAsync(system.SignedIn(kitchen.Restaurant.OwnerId, Roles.Customer), """{"isOpen":false}""");

        await none.IsRefusedAsync(HttpStatusCode.NotFound, "RESTAURANT_NOT_FOUND");
        await foreign.IsRefusedAsync(HttpStatusCode.NotFound, "RESTAURANT_NOT_FOUND");
        await customer.IsRefusedAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_PERMISSIONS");
        Assert.True(await IsOpenAsync(kitchen));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"isOpen":"no"}""")]
    [InlineData("""{"isOpen":false,"until":"noon"}""")]
    public async Task A_wrong_body_is_refused(string body)
    {
        var kitchen = await system.OpenKitchenAsync();

        using var answer = await PutAsync(system.SignedIn(kitchen.Restaurant.OwnerId), body);

        await answer.IsRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    private async Task<bool> IsOpenAsync(Kitchen kitchen) =>
        (await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}")).GetProperty("isOpen").GetBoolean();

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, string body, Guid? restaurantId = null) => client.PutAsync(
        new Uri($"/api/v1/restaurant/status{(restaurantId is { } id ? $"?restaurantId={id}" : "")}", UriKind.Relative),
        new StringContent(body, Encoding.UTF8, "application/json"));
}
