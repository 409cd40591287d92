using EatFast.Catalog.Contracts;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Tests.Features;

public sealed class DropCachedMenuTests(CatalogSystem system)
{
    [Fact]
    public async Task A_changed_item_drops_the_cached_menu_even_when_told_twice()
    {
        var kitchen = await system.OpenKitchenAsync();
        await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}/menu");
        await system.Catalog.WithDbAsync(db => db.MenuCategories
            .Where(category => category.Id == kitchen.Category.Id)
            .ExecuteUpdateAsync(change => change.SetProperty(category => category.Name, "Nouveau")));

        var changed = new MenuItemChanged(kitchen.Item.Id, kitchen.Id, true, system.Clock.GetUtcNow());
        await system.Catalog.DeliverAsync(changed, Guid.NewGuid(), times: 2);

        var menu = await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}/menu");
        Assert.Equal("Nouveau", menu.GetProperty("categories")[0].GetProperty("name").GetString());
    }
}
