using System.Net;
using System.Net.Http.Json;
using EatFast.Ordering.Contracts;
using EatFast.Ordering.Domain;

namespace EatFast.Ordering.Tests.Features;

public sealed class KitchenExtrasTests(OrderingSystem system)
{
    [Theory]
    [InlineData("/api/v1/orders/{0}/prep-time", "preparation_time")]
    [InlineData("/api/v1/restaurant/orders/{0}/prep-time", "preparationTime")]
    public async Task The_kitchen_corrects_its_time_and_the_estimate_moves(string path, string member)
    {
        var order = await system.OrderAtAsync(OrderStatus.Preparing);
        var before = await system.LoadAsync(order.Id);

        var body = new Dictionary<string, int> { [member] = before.PreparationMinutes + 15 };
        using var answer = await system.Owner(order.OwnerId).PutAsJsonAsync(PathOf(path, order.Id), body);

        await answer.DataAsync();
        var after = await system.LoadAsync(order.Id);
        Assert.Equal(before.EstimatedDeliveryAt.AddMinutes(15), after.EstimatedDeliveryAt);
        Assert.Equal(OrderEvent.PreparationChanged, after.History.MaxBy(change => change.Version)!.Kind);
    }

    [Fact]
    public async Task Only_its_own_kitchen_corrects_and_only_while_it_cooks()
    {
        var order = await system.OrderAtAsync(OrderStatus.Ready);
        var path = PathOf("/api/v1/orders/{0}/prep-time", order.Id);

        using var late = await system.Owner(order.OwnerId).PutAsJsonAsync(path, new { preparationTime = 10 });
        using var foreign = await system.Owner(Guid.NewGuid()).PutAsJsonAsync(path, new { preparationTime = 10 });
        using var customer = await system.Customer(order.CustomerId).PutAsJsonAsync(path, new { preparationTime = 10 });
        using var senseless = await system.Owner(order.OwnerId).PutAsJsonAsync(path, new { preparationTime = 0 });

        await late.AssertRefusedAsync(HttpStatusCode.Conflict, "ORDER_TRANSITION_NOT_ALLOWED");
        await foreign.AssertRefusedAsync(HttpStatusCode.NotFound, "ORDER_NOT_FOUND");
        Assert.Equal(HttpStatusCode.Forbidden, customer.StatusCode);
        await senseless.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task A_kitchen_that_accepts_by_itself_has_confirmed_as_soon_as_it_is_paid()
    {
        var restaurant = system.Catalog.AddRestaurant(acceptsAutomatically: true);
        var customer = Guid.NewGuid();
        var placed = await (await system.Customer(customer).PostAsJsonAsync("/api/v1/orders", Bodies.Order(restaurant.Id))).DataAsync();
        var order = new TestOrder(placed["orderId"]!.GetValue<Guid>(), customer, restaurant.Id, restaurant.OwnerId, Guid.NewGuid());
        Assert.Equal("pending", placed["status"]!.GetValue<string>());

        await system.PayAsync(order);

        Assert.Equal(OrderStatus.Confirmed, (await system.LoadAsync(order.Id)).Status);
        var confirmed = Assert.Single(await system.AnnouncedAsync<OrderConfirmed>(order, @event => @event.OrderId));
        Assert.Equal(ScriptedCatalog.PreparationMinutes, confirmed.PreparationMinutes);
        Assert.Single(await system.AnnouncedAsync<OrderReleased>(order, @event => @event.OrderId));
    }

    [Fact]
    public async Task A_rating_is_announced_for_the_catalog()
    {
        var order = await system.OrderAtAsync(OrderStatus.Delivered);

        (await system.Customer(order.CustomerId).PostAsJsonAsync(
            PathOf("/api/v1/orders/{0}/rating", order.Id), new { rating = 4, foodRating = 5, comment = "Bon" })).EnsureSuccessStatusCode();

        var rated = Assert.Single(await system.AnnouncedAsync<OrderRated>(order, @event => @event.OrderId));
        Assert.Equal((4, 5, "Bon"), (rated.Rating, rated.FoodRating, rated.Comment));
    }

    private static Uri PathOf(string path, Guid orderId) =>
        new(string.Format(System.Globalization.CultureInfo.InvariantCulture, path, orderId), UriKind.Relative);
}
