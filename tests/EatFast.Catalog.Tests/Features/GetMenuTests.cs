using System.Diagnostics;
using EatFast.Catalog.Clients;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace EatFast.Catalog.Tests.Features;

public sealed class GetMenuTests(CatalogSystem system)
{
    [Fact]
    public async Task A_menu_comes_by_category_and_flat()
    {
        var kitchen = await system.OpenKitchenAsync();

        var menu = await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}/menu");

        var item = menu.GetProperty("categories")[0].GetProperty("items")[0];
        Assert.Equal(kitchen.Id, menu.GetProperty("restaurantId").GetGuid());
        Assert.Equal(item.GetRawText(), menu.GetProperty("menu")[0].GetRawText());
        Assert.Equal(2000, item.GetProperty("price").GetInt64());
        Assert.Equal("Plats", item.GetProperty("category").GetString());
        Assert.Equal(
            ["Accompagnement", "Piment", "Suppléments"],
            item.GetProperty("customizationOptions").EnumerateArray().Select(option => option.GetProperty("name").GetString()));
        Assert.Equal(500, item.GetProperty("customizationOptions")[0].GetProperty("options")[1].GetProperty("price").GetInt64());
    }

    [Fact]
    public async Task The_second_reader_gets_the_very_same_menu_from_the_cache()
    {
        var kitchen = await system.OpenKitchenAsync();

        var first = await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}/menu");
        var second = await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}/menu");

        Assert.Equal(first.GetRawText(), second.GetRawText());
    }

    [Fact]
    public async Task Without_redis_the_cache_gives_up_quickly()
    {
        var options = ConfigurationOptions.Parse("127.0.0.1:1,abortConnect=false");
        SharedCache.FailFast(options);
        await using var nowhere = await ConnectionMultiplexer.ConnectAsync(options);
        var cache = new SharedCache(nowhere, TimeProvider.System, NullLogger<SharedCache>.Instance);

        var waited = Stopwatch.StartNew();
        var found = await cache.GetAsync("x", TestContext.Current.CancellationToken);
        await cache.SetAsync("x", [1], new(), TestContext.Current.CancellationToken);
        await cache.RemoveAsync("x", TestContext.Current.CancellationToken);

        Assert.Null(found);
        Assert.InRange(waited.ElapsedMilliseconds, 0, 250);
    }
}
