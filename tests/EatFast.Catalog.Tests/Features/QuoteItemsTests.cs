using EatFast.Catalog.Contracts.V1;
using EatFast.Catalog.Domain;
using Grpc.Core;
using Grpc.Net.Client;
using CatalogClient = EatFast.Catalog.Contracts.V1.Catalog.CatalogClient;
using Line = EatFast.Catalog.Contracts.V1.QuoteItemsRequest.Types.Line;
using Selection = EatFast.Catalog.Contracts.V1.QuoteItemsRequest.Types.Selection;

namespace EatFast.Catalog.Tests.Features;

public sealed class QuoteItemsTests(CatalogSystem system)
{
    private readonly CatalogClient _client = new(GrpcChannel.ForAddress(
        "http://catalog", new GrpcChannelOptions { HttpHandler = system.Catalog.Server.CreateHandler() }));

    [Fact]
    public async Task Lines_come_back_priced_in_the_order_of_the_request()
    {
        var kitchen = await system.OpenKitchenAsync();

        var reply = await _client.QuoteItemsAsync(Ask(kitchen.Id,
            LineOf(kitchen.Item.Id, 2, (kitchen.Side, 1)), LineOf(kitchen.Item.Id, 1, (kitchen.Side, 0), (kitchen.Extras, 0))));

        Assert.Equal([2600, 2400], reply.Lines.Select(line => line.UnitPriceXaf));
        Assert.Equal([2, 1], reply.Lines.Select(line => line.Quantity));
        Assert.Equal(["Frites", "À part"], reply.Lines[0].Selections.Select(selection => selection.ValueName));
        Assert.Equal(500, reply.Lines[0].Selections[0].PriceXaf);
        Assert.Equal(kitchen.Restaurant.Name, reply.Restaurant.Name);
        Assert.True(reply.Restaurant.IsOpen);
    }

    [Theory]
    [InlineData(RestaurantStatus.Pending, "00:00-24:00", "RESTAURANT_NOT_FOUND")]
    [InlineData(RestaurantStatus.Suspended, "00:00-24:00", "RESTAURANT_NOT_FOUND")]
    [InlineData(RestaurantStatus.Active, "fermé", "RESTAURANT_CLOSED")]
    public async Task A_restaurant_that_takes_no_orders_refuses(string status, string hours, string code)
    {
        var kitchen = await system.OpenKitchenAsync(status, hours);

        Assert.Equal(code, await RefusalOf(Ask(kitchen.Id, LineOf(kitchen.Item.Id, 1, (kitchen.Side, 0)))));
    }

    [Fact]
    public async Task A_paused_restaurant_says_so_and_a_counted_dish_has_to_be_held()
    {
        var kitchen = await system.OpenKitchenAsync();
        var (owner, asked) = (system.SignedIn(kitchen.Restaurant.OwnerId), Ask(kitchen.Id, LineOf(kitchen.Item.Id, 1, (kitchen.Side, 0))));

        var uncounted = await _client.QuoteItemsAsync(asked);
        (await owner.SendAsync("PUT", $"/menu/items/{kitchen.Item.Id}/stock", """{"stock":5}""")).EnsureSuccessStatusCode();
        var counted = await _client.QuoteItemsAsync(asked);
        (await owner.SendAsync("PUT", "/restaurant/status", """{"isOpen":false}""")).EnsureSuccessStatusCode();

        Assert.Equal((true, false), (uncounted.IsUncounted, counted.IsUncounted));
        Assert.Equal("RESTAURANT_NOT_ACCEPTING_ORDERS", await RefusalOf(asked));
    }

    [Fact]
    public async Task Unknown_restaurants_items_and_options_are_refused_by_name()
    {
        var kitchen = await system.OpenKitchenAsync();
        var other = await system.OpenKitchenAsync();
        var broken = LineOf(kitchen.Item.Id, 1, (kitchen.Side, 0));
        broken.Selections.Add(new Selection { OptionId = "none", ValueId = "none" });

        Assert.Equal("RESTAURANT_NOT_FOUND", await RefusalOf(Ask(Guid.NewGuid())));
        Assert.Equal("RESTAURANT_NOT_FOUND", await RefusalOf(new QuoteItemsRequest { RestaurantId = "x" }));
        Assert.Equal("ITEM_NOT_FOUND", await RefusalOf(Ask(kitchen.Id, LineOf(other.Item.Id, 1, (other.Side, 0)))));
        Assert.Equal("ITEM_NOT_FOUND", await RefusalOf(Ask(kitchen.Id, new Line { ItemId = "x", Quantity = 1 })));
        Assert.Equal("OPTION_INVALID", await RefusalOf(Ask(kitchen.Id, broken)));
        Assert.Equal("OPTION_REQUIRED", await RefusalOf(Ask(kitchen.Id, LineOf(kitchen.Item.Id, 1))));
    }

    [Fact]
    public async Task A_sold_out_item_is_refused()
    {
        Assert.Equal("ITEM_UNAVAILABLE", await RefusalOf(new QuoteItemsRequest
        {
            RestaurantId = "01990000-0000-7000-8000-100100000000",
            Lines = { new Line { ItemId = "01990000-0000-7000-8000-300102030000", Quantity = 1 } }
        }));
    }

    [Fact]
    public async Task A_door_in_a_zone_gets_the_zones_fee_and_one_outside_is_refused()
    {
        var kitchen = await system.OpenKitchenAsync();
        (await system.SignedIn(kitchen.Restaurant.OwnerId).SendAsync("PUT", $"/restaurant/{kitchen.Id}/delivery-zones", """
            {"zones":[{"name":"Centre","fee":300,"minimumOrder":4000,"polygon":[{"latitude":5,"longitude":10},{"latitude":5,"longitude":11},{"latitude":6,"longitude":10.5}]}]}
            """)).EnsureSuccessStatusCode();
        var request = Ask(kitchen.Id, LineOf(kitchen.Item.Id, 1, (kitchen.Side, 0)));

        request.Destination = new() { Latitude = 5.3, Longitude = 10.5 };
        var inside = await _client.QuoteItemsAsync(request);
        request.Destination = new() { Latitude = 4.9, Longitude = 10.5 };

        Assert.Equal((300, 4000), (inside.Restaurant.DeliveryFeeXaf, inside.Restaurant.MinimumOrderXaf));
        Assert.Equal("DELIVERY_AREA_NOT_COVERED", await RefusalOf(request));
        Assert.Equal(15, inside.Restaurant.CommissionPercent);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public async Task A_senseless_quantity_is_an_invalid_argument(int quantity)
    {
        var failed = await Assert.ThrowsAsync<RpcException>(async () =>
            await _client.QuoteItemsAsync(Ask(Guid.NewGuid(), new Line { ItemId = "x", Quantity = quantity })));

        Assert.Equal(StatusCode.InvalidArgument, failed.StatusCode);
    }

    [Fact]
    public async Task Neighbours_learn_about_a_restaurant_of_any_status()
    {
        var kitchen = await system.OpenKitchenAsync(RestaurantStatus.Suspended);

        var restaurant = await _client.GetRestaurantAsync(new() { RestaurantId = $"{kitchen.Id}" });
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await _client.GetRestaurantAsync(new() { RestaurantId = "" }));

        Assert.Equal($"{kitchen.Restaurant.OwnerId}", restaurant.OwnerId);
        Assert.Equal("suspended", restaurant.Status);
        Assert.False(restaurant.IsOpen);
        Assert.Equal("RESTAURANT_NOT_FOUND", unknown.Status.Detail);
    }

    private async Task<string> RefusalOf(QuoteItemsRequest request) =>
        (await Assert.ThrowsAsync<RpcException>(async () => await _client.QuoteItemsAsync(request))).Status.Detail;

    private static QuoteItemsRequest Ask(Guid restaurantId, params Line[] lines) =>
        new() { RestaurantId = $"{restaurantId}", Lines = { lines } };

    private static Line LineOf(Guid itemId, int quantity, params (ItemOption Option, int Value)[] chosen) => new()
    {
        ItemId = $"{itemId}",
        Quantity = quantity,
        Selections =
        {
            chosen.Select(one => new Selection { OptionId = $"{one.Option.Id}", ValueId = $"{one.Option.Values[one.Value].Id}" })
        }
    };
}
