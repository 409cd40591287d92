namespace EatFast.Identity.Tests.Features;

public sealed class KeepFavoritesTests(IdentitySystem system)
{
    [Fact]
    public async Task A_restaurant_is_added_by_one_tap_and_dropped_by_the_next_also_when_both_come_at_once()
    {
        var someone = await system.RegisterAsync();
        var restaurantId = Guid.NewGuid();

        var added = await ToggleAsync(someone, restaurantId);
        Assert.True(added.GetProperty("isFavorite").GetBoolean());
        await Task.WhenAll(ToggleAsync(someone, restaurantId), ToggleAsync(someone, restaurantId));

        var listed = await system.GetAsync("/api/v1/users/favorites", someone.AccessToken);
        Assert.Equal(restaurantId, Assert.Single(listed.GetProperty("restaurantIds").EnumerateArray()).GetGuid());
        await ToggleAsync(someone, restaurantId);
        Assert.Equal(0, (await system.GetAsync("/api/v1/users/favorites", someone.AccessToken)).GetProperty("favorites").GetArrayLength());
    }

    [Fact]
    public async Task Without_a_restaurant_or_a_token_nothing_is_kept()
    {
        var someone = await system.RegisterAsync();

        await (await system.PostAsync("/api/v1/users/favorites/toggle", new { }, someone.AccessToken)).RefusedAsync(400, "VALIDATION_ERROR");
        await (await system.PostAsync("/api/v1/users/favorites/toggle", new { restaurantId = "x" }, someone.AccessToken)).RefusedAsync(400, "VALIDATION_ERROR");
        await (await system.PostAsync("/api/v1/users/favorites/toggle", new { restaurantId = Guid.NewGuid() })).RefusedAsync(401, "MISSING_TOKEN");
    }

    private Task<System.Text.Json.JsonElement> ToggleAsync(SignedIn someone, Guid restaurantId) =>
        system.ReadAsync(HttpMethod.Post, "/api/v1/users/favorites/toggle", new { restaurantId }, someone.AccessToken);
}
