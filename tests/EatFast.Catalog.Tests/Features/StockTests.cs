using System.Net;
using EatFast.Catalog.Contracts.V1;
using EatFast.Catalog.Features;
using EatFast.Ordering.Contracts;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using CatalogClient = EatFast.Catalog.Contracts.V1.Catalog.CatalogClient;
using Line = EatFast.Catalog.Contracts.V1.QuoteItemsRequest.Types.Line;
using Selection = EatFast.Catalog.Contracts.V1.QuoteItemsRequest.Types.Selection;

namespace EatFast.Catalog.Tests.Features;

public sealed class StockTests(CatalogSystem system)
{
    private readonly CatalogClient _client = new(GrpcChannel.ForAddress(
        "http://catalog", new GrpcChannelOptions { HttpHandler = system.Catalog.Server.CreateHandler() }));

    [Fact]
    public async Task A_hundred_parallel_orders_sell_exactly_what_there_is()
    {
        var kitchen = await StockedAsync(30);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => HoldAsync(kitchen, Guid.NewGuid(), 1)));

        Assert.Equal(30, outcomes.Count(refusal => refusal is null));
        Assert.Equal(70, outcomes.Count(refusal => refusal == "ITEM_UNAVAILABLE"));
        Assert.Equal(0, await StockAsync(kitchen));
        Assert.Equal(30, await system.Catalog.WithDbAsync(db => db.StockHolds.CountAsync(hold => hold.ItemId == kitchen.Item.Id)));
    }

    [Fact]
    public async Task The_last_piece_makes_the_item_sold_out_at_once()
    {
        var kitchen = await StockedAsync(2);
        await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}/menu");

        Assert.Equal("ITEM_UNAVAILABLE", await HoldAsync(kitchen, Guid.NewGuid(), 3));
        Assert.Null(await HoldAsync(kitchen, Guid.NewGuid(), 2));

        var menu = await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}/menu");
        Assert.False(menu.GetProperty("menu")[0].GetProperty("isAvailable").GetBoolean());
    }

    [Fact]
    public async Task Asking_twice_for_one_order_takes_once_and_a_price_alone_takes_nothing()
    {
        var kitchen = await StockedAsync(10);
        var order = Guid.NewGuid();

        await HoldAsync(kitchen, order, 4);
        await HoldAsync(kitchen, order, 4);
        await HoldAsync(kitchen, null, 4);

        Assert.Equal(6, await StockAsync(kitchen));
    }

    [Fact]
    public async Task A_stopped_order_gives_its_pieces_back_once()
    {
        var kitchen = await StockedAsync(5);
        var order = Guid.NewGuid();
        await HoldAsync(kitchen, order, 5);
        await system.Catalog.DeliverAsync(Placed(order));

        await system.Catalog.DeliverAsync(Cancelled(order), times: 2);
        await system.Catalog.DeliverAsync(new OrderExpired(order, "EF-1", order, kitchen.Id, order, 2, system.Clock.GetUtcNow()));

        Assert.Equal(5, await StockAsync(kitchen));
        var menu = await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}/menu");
        Assert.True(menu.GetProperty("menu")[0].GetProperty("isAvailable").GetBoolean());
    }

    [Fact]
    public async Task A_delivered_order_keeps_its_pieces_even_if_a_cancellation_comes_late()
    {
        var kitchen = await StockedAsync(5);
        var order = Guid.NewGuid();
        await HoldAsync(kitchen, order, 2);

        await system.Catalog.DeliverAsync(
            new OrderDelivered(order, "EF-1", order, kitchen.Id, order, null, 1, 8, system.Clock.GetUtcNow()), times: 2);
        await system.Catalog.DeliverAsync(Cancelled(order));

        Assert.Equal(3, await StockAsync(kitchen));
    }

    [Fact]
    public async Task A_hold_without_an_order_comes_back_and_one_with_a_late_event_stays()
    {
        var kitchen = await StockedAsync(10);
        var (stray, late) = (Guid.NewGuid(), Guid.NewGuid());
        await HoldAsync(kitchen, stray, 3);
        await HoldAsync(kitchen, late, 2);
        system.Ordering.Add(late, "pending", Guid.NewGuid(), kitchen.Id);

        await SettleAsync();
        Assert.Equal(5, await StockAsync(kitchen));

        var before = system.Clock.GetUtcNow().AddMinutes(-3);
        await system.Catalog.WithDbAsync(db => db.StockHolds.Where(hold => hold.ItemId == kitchen.Item.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(hold => hold.TakenAt, before)));
        await SettleAsync();
        Assert.Equal(8, await StockAsync(kitchen));
    }

    [Fact]
    public async Task Stock_has_to_be_said_and_belongs_to_the_owner()
    {
        var kitchen = await system.OpenKitchenAsync();
        var path = $"/menu/items/{kitchen.Item.Id}/stock";
        var owner = system.SignedIn(kitchen.Restaurant.OwnerId);

        using var silent = await owner.SendAsync("PUT", path, "{}");
        using var negative = await owner.SendAsync("PUT", path, """{"stock":-1}""");
        using var foreign = await system.SignedIn(Guid.NewGuid()).SendAsync("PUT", path, """{"stock":1}""");
        using var bulk = await owner.SendAsync("PUT", "/restaurant/menus/stock/bulk", $$"""{"items":[{"itemId":"{{kitchen.Item.Id}}","stock":7}]}""");
        Assert.Equal(7, await StockAsync(kitchen));
        using var uncounted = await owner.SendAsync("PUT", path, """{"stock":null}""");

        await silent.IsRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await negative.IsRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await foreign.IsRefusedAsync(HttpStatusCode.NotFound, "MENU_ITEM_NOT_FOUND");
        Assert.Equal(HttpStatusCode.OK, bulk.StatusCode);
        Assert.Null(await StockAsync(kitchen));
    }

    private async Task<Kitchen> StockedAsync(int pieces)
    {
        var kitchen = await system.OpenKitchenAsync();
        var owner = system.SignedIn(kitchen.Restaurant.OwnerId);
        (await owner.SendAsync("PUT", $"/menu/items/{kitchen.Item.Id}/stock", $$"""{"stock":{{pieces}}}""")).EnsureSuccessStatusCode();
        return kitchen;
    }

    private async Task<string?> HoldAsync(Kitchen kitchen, Guid? order, int quantity)
    {
        var line = new Line { ItemId = $"{kitchen.Item.Id}", Quantity = quantity };
        line.Selections.Add(new Selection { OptionId = $"{kitchen.Side.Id}", ValueId = $"{kitchen.Side.Values[0].Id}" });
        try
        {
            await _client.QuoteItemsAsync(new QuoteItemsRequest { RestaurantId = $"{kitchen.Id}", OrderId = $"{order}", Lines = { line } });
            return null;
        }
        catch (RpcException refused)
        {
            return refused.Status.Detail;
        }
    }

    private Task<int?> StockAsync(Kitchen kitchen) =>
        system.Catalog.WithDbAsync(db => db.MenuItems.Where(item => item.Id == kitchen.Item.Id).Select(item => item.Stock).SingleAsync());

    private async Task SettleAsync()
    {
        await using var scope = system.Catalog.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SettleStrayHolds>().RunAsync(CancellationToken.None);
    }

    private OrderPlaced Placed(Guid order) =>
        new(order, "EF-1", order, order, order, 1, "cash", 1, system.Clock.GetUtcNow());

    private OrderCancelled Cancelled(Guid order) =>
        new(order, "EF-1", order, order, order, "changed_mind", 2, system.Clock.GetUtcNow());
}
