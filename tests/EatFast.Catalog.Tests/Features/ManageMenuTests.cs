using System.Net;
using System.Text.Json;

namespace EatFast.Catalog.Tests.Features;

public sealed class ManageMenuTests(CatalogSystem system)
{
    private const string Item = """
        {"name":"Poulet DG","price":4500,"preparation_time":25,"dietaryTags":["halal"],"orderCount":3,
         "customizations":[{"name":"Piment","type":"SINGLE_SELECT","required":true,"choices":[{"name":"Doux","isDefault":true},{"name":"Fort","price":100}]}]}
        """;

    [Theory]
    [InlineData("PUT", "/menu/items/bulk/availability", """{"is_available":false}""")]
    [InlineData("PUT", "/restaurant/{0}/menu/categories/reorder", "{}")]
    [InlineData("PUT", "/menu/categories/{1}/items/reorder", "{}")]
    [InlineData("PUT", "/menu/items/{2}", """{"customizationOptions":[null]}""")]
    [InlineData("PUT", "/menu/items/{2}", """{"customizationOptions":[{"name":"Piment","options":[null]}]}""")]
    [InlineData("PUT", "/menu/items/{2}", """{"customizations":[{"name":"Piment","choices":[{"name":"Doux"},null]}]}""")]
    public async Task What_is_missing_or_null_is_refused(string method, string path, string body)
    {
        var kitchen = await system.OpenKitchenAsync();
        var route = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, kitchen.Id, kitchen.Category.Id, kitchen.Item.Id);

        using var answer = await system.SignedIn(kitchen.Restaurant.OwnerId).SendAsync(method, route, body);

        await answer.IsRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task A_menu_is_built_hidden_and_taken_down_again()
    {
        var kitchen = await system.OpenKitchenAsync();
        var owner = system.SignedIn(kitchen.Restaurant.OwnerId);

        var category = (await (await owner.SendAsync("POST", "/restaurant/menus", """{"name":"Grillades"}""")).DataAsync()).GetProperty("category");
        var categoryId = category.GetProperty("id").GetGuid();
        using var created = await owner.SendAsync("POST", $"/menu/categories/{categoryId}/items", Item);
        var item = (await created.DataAsync()).GetProperty("item");

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(25, item.GetProperty("preparationTime").GetInt32());
        Assert.Equal(["Okok sucré", "Poulet DG"], await NamesAsync(kitchen));
        using var full = await owner.SendAsync("DELETE", $"/restaurant/menus/{categoryId}");
        await full.IsRefusedAsync(HttpStatusCode.Conflict, "MENU_CATEGORY_NOT_EMPTY");
        (await owner.SendAsync("PUT", $"/restaurant/menus/{categoryId}", """{"isActive":false}""")).EnsureSuccessStatusCode();
        Assert.Equal(["Okok sucré"], await NamesAsync(kitchen));
        (await owner.SendAsync("DELETE", $"/menu/items/{item.GetProperty("id").GetGuid()}")).EnsureSuccessStatusCode();
        (await owner.SendAsync("DELETE", $"/menu/categories/{categoryId}")).EnsureSuccessStatusCode();
        var own = await (await owner.SendAsync("GET", "/restaurant/menus")).DataAsync();
        Assert.Equal(1, own.GetProperty("categories").GetArrayLength());
    }

    [Fact]
    public async Task An_edit_with_the_same_options_keeps_their_ids_and_other_options_replace_them()
    {
        var kitchen = await system.OpenKitchenAsync();
        var owner = system.SignedIn(kitchen.Restaurant.OwnerId);
        var item = (await (await owner.SendAsync("POST", $"/menu/categories/{kitchen.Category.Id}/items", Item)).DataAsync()).GetProperty("item");
        var path = $"/menu/items/{item.GetProperty("id").GetGuid()}";

        var same = (await (await owner.SendAsync("PUT", path, Item.Replace("4500", "4800", StringComparison.Ordinal))).DataAsync()).GetProperty("item");
        var other = (await (await owner.SendAsync("PUT", path,
            """{"customizationOptions":[{"name":"Taille","type":"single_select","options":[{"name":"Grande","price":500}]}]}""")).DataAsync()).GetProperty("item");

        Assert.Equal(4800, same.GetProperty("price").GetInt64());
        Assert.Equal(OptionIds(item), OptionIds(same));
        Assert.Equal("Taille", other.GetProperty("customizationOptions")[0].GetProperty("name").GetString());
        Assert.Equal(4800, other.GetProperty("price").GetInt64());
        var menu = await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}/menu");
        Assert.Contains("Taille", menu.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Doux", menu.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Categories_and_items_are_put_in_order_only_as_a_whole()
    {
        var kitchen = await system.OpenKitchenAsync();
        var owner = system.SignedIn(kitchen.Restaurant.OwnerId);
        var drinks = (await (await owner.SendAsync("POST", "/restaurant/menus", """{"name":"Boissons"}""")).DataAsync())
            .GetProperty("category").GetProperty("id").GetGuid();
        await owner.SendAsync("POST", $"/menu/categories/{drinks}/items", """{"name":"Bissap","price":800}""");
        var path = $"/restaurant/{kitchen.Id}/menu/categories/reorder";

        using var partial = await owner.SendAsync("PUT", path, $$"""{"category_ids":["{{drinks}}"]}""");
        using var whole = await owner.SendAsync("PUT", path, $$"""{"category_ids":["{{drinks}}","{{kitchen.Category.Id}}"]}""");
        using var twice = await owner.SendAsync("PUT", $"/menu/categories/{kitchen.Category.Id}/items/reorder",
            $$"""{"item_ids":["{{kitchen.Item.Id}}","{{kitchen.Item.Id}}"]}""");

        await partial.IsRefusedAsync(HttpStatusCode.UnprocessableEntity, "MENU_ORDER_INCOMPLETE");
        await twice.IsRefusedAsync(HttpStatusCode.UnprocessableEntity, "MENU_ORDER_INCOMPLETE");
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        Assert.Equal(["Bissap", "Okok sucré"], await NamesAsync(kitchen));
    }

    [Fact]
    public async Task Several_items_are_sold_out_together_or_not_at_all()
    {
        var kitchen = await system.OpenKitchenAsync();
        var other = await system.OpenKitchenAsync();
        var owner = system.SignedIn(kitchen.Restaurant.OwnerId);

        using var mixed = await owner.SendAsync("PUT", "/menu/items/bulk/availability",
            $$"""{"item_ids":["{{kitchen.Item.Id}}","{{other.Item.Id}}"],"is_available":false}""");
        await mixed.IsRefusedAsync(HttpStatusCode.NotFound, "MENU_ITEM_NOT_FOUND");
        Assert.True(await IsAvailableAsync(kitchen));

        using var own = await owner.SendAsync("PUT", "/menu/items/bulk/availability", $$"""{"item_ids":["{{kitchen.Item.Id}}"],"is_available":false}""");
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.False(await IsAvailableAsync(kitchen));
    }

    [Theory]
    [InlineData("""{"price":100}""")]
    [InlineData("""{"name":"X"}""")]
    [InlineData("""{"name":"X","price":-1}""")]
    [InlineData("""{"name":"X","price":1.5}""")]
    [InlineData("""{"name":"X","price":1,"dietaryTags":["sugarfree"]}""")]
    [InlineData("""{"name":"X","price":1,"imageUrl":"javascript:alert(1)"}""")]
    [InlineData("""{"name":"X","price":1,"customizations":[{"name":"Y","choices":[]}]}""")]
    [InlineData("""{"name":"X","price":1,"customizations":[null]}""")]
    [InlineData("""{"name":"X","price":1,"customizations":[{"name":"Y","type":"any","choices":[{"name":"Z"}]}]}""")]
    public async Task An_item_that_cannot_be_sold_is_refused(string body)
    {
        var kitchen = await system.OpenKitchenAsync();

        using var answer = await system.SignedIn(kitchen.Restaurant.OwnerId).SendAsync("POST", $"/menu/categories/{kitchen.Category.Id}/items", body);

        await answer.IsRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Another_owners_menu_is_not_there()
    {
        var kitchen = await system.OpenKitchenAsync();
        var stranger = system.SignedIn((await system.OpenKitchenAsync()).Restaurant.OwnerId);

        using var category = await stranger.SendAsync("PUT", $"/restaurant/menus/{kitchen.Category.Id}", """{"name":"X"}""");
        using var item = await stranger.SendAsync("POST", $"/menu/categories/{kitchen.Category.Id}/items", Item);
        using var edit = await stranger.SendAsync("PUT", $"/menu/items/{kitchen.Item.Id}", """{"price":1}""");
        using var delete = await stranger.SendAsync("DELETE", $"/menu/items/{kitchen.Item.Id}");

        await category.IsRefusedAsync(HttpStatusCode.NotFound, "MENU_CATEGORY_NOT_FOUND");
        await item.IsRefusedAsync(HttpStatusCode.NotFound, "MENU_CATEGORY_NOT_FOUND");
        await edit.IsRefusedAsync(HttpStatusCode.NotFound, "MENU_ITEM_NOT_FOUND");
        await delete.IsRefusedAsync(HttpStatusCode.NotFound, "MENU_ITEM_NOT_FOUND");
    }

    private Task<string[]> NamesAsync(Kitchen kitchen) => system.NamesAsync($"/api/v1/restaurants/{kitchen.Id}/menu", "menu");

    private async Task<bool> IsAvailableAsync(Kitchen kitchen) => (await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}/menu"))
        .GetProperty("menu")[0].GetProperty("isAvailable").GetBoolean();

    private static IEnumerable<Guid> OptionIds(JsonElement item) =>
        item.GetProperty("customizationOptions").EnumerateArray().Select(option => option.GetProperty("id").GetGuid());
}
