using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Tests.Data;

/// <summary>A dish is found in the town of its restaurant, as long as restaurant and category are shown.</summary>
public sealed class DishTownsTests(CatalogSystem system)
{
    [Fact]
    public async Task A_dish_follows_its_restaurant_and_its_category()
    {
        var kitchen = await system.OpenKitchenAsync();
        var old = kitchen.Restaurant.City;
        var other = $"Ville-{Guid.NewGuid():N}";

        Assert.Equal([kitchen.Item.Id], await FoundAsync(old));
        await ChangeAsync($"UPDATE catalog.restaurants SET status = 'suspended' WHERE id = {kitchen.Id}");
        Assert.Empty(await FoundAsync(old));
        await ChangeAsync($"UPDATE catalog.restaurants SET status = 'active', city = {other} WHERE id = {kitchen.Id}");
        Assert.Empty(await FoundAsync(old));
        Assert.Equal([kitchen.Item.Id], await FoundAsync(other));
        await ChangeAsync($"UPDATE catalog.menu_categories SET is_active = false WHERE id = {kitchen.Category.Id}");
        Assert.Empty(await FoundAsync(other));
        await ChangeAsync($"UPDATE catalog.menu_categories SET is_active = true WHERE id = {kitchen.Category.Id}");
        Assert.Equal([kitchen.Item.Id], await FoundAsync(other));
    }

    [Fact]
    public async Task A_dish_of_a_hidden_restaurant_is_not_found_until_it_opens()
    {
        var kitchen = await system.OpenKitchenAsync(RestaurantStatus.Pending);

        Assert.Empty(await FoundAsync(kitchen.Restaurant.City));
        await ChangeAsync($"UPDATE catalog.restaurants SET status = 'active' WHERE id = {kitchen.Id}");

        Assert.Equal([kitchen.Item.Id], await FoundAsync(kitchen.Restaurant.City));
    }

    [Fact]
    public async Task A_dish_that_moves_to_a_hidden_category_is_hidden_with_it()
    {
        var kitchen = await system.OpenKitchenAsync();
        var hidden = Guid.NewGuid();
        await ChangeAsync($"""
            INSERT INTO catalog.menu_categories (id, restaurant_id, name, description, sort_order, is_active)
            VALUES ({hidden}, {kitchen.Id}, 'Plus tard', '', 2, false)
            """);

        await ChangeAsync($"UPDATE catalog.menu_items SET category_id = {hidden} WHERE id = {kitchen.Item.Id}");

        Assert.Empty(await FoundAsync(kitchen.Restaurant.City));
    }

    private Task<List<Guid>> FoundAsync(string town) => system.Catalog.WithDbAsync(async db =>
    {
        var meaning = await db.UnderstandAsync("okok", TestContext.Current.CancellationToken);
        return await db.DishesOf(meaning, town).Select(dish => dish.ItemId).ToListAsync();
    });

    private Task<int> ChangeAsync(FormattableString sql) => system.Catalog.WithDbAsync(db => db.Database.ExecuteSqlAsync(sql));
}
