using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EatFast.Delivery.Contracts;
using EatFast.Ordering.Contracts;

namespace EatFast.Ordering.Tests.Features;

public sealed class KitchenBoardTests(OrderingSystem system)
{
    [Fact]
    public async Task The_board_shows_what_is_to_do_in_the_words_of_its_client()
    {
        var order = await system.OrderAtAsync("confirmed", released: "authorized");

        var ticket = Assert.Single(await BoardAsync(order))!;

        Assert.Equal(("accepted", "pending"), ((string?)ticket["status"], (string?)ticket["paymentStatus"]));
        Assert.Equal((4_000, 2), ((long)ticket["totalAmount"]!, (int)ticket["items"]![0]!["quantity"]!));
    }

    [Fact]
    public async Task The_board_names_the_customer_in_short_and_the_driver()
    {
        var order = await system.OrderAtAsync("ready");
        system.Identity.People[order.CustomerId] = new() { UserId = $"{order.CustomerId}", FirstName = "Awa", LastName = "Ngono", Phone = "+237677000001" };
        system.Delivery.Tracked[order.Id] = new() { Status = "assigned", DriverId = $"{order.DriverId}", DriverName = "Serge", DriverPhone = "+237699000002" };
        await system.Ordering.DeliverAsync(new DeliveryAssigned(Guid.NewGuid(), order.Id, order.DriverId, system.Clock.GetUtcNow()));

        // On a busy machine the two may be too late for the first answer.
        await Testing.Eventually.AsTrue(
            async () => Assert.Single(await BoardAsync(order)) is { } ticket
                && ((string?)ticket["customerName"], (string?)ticket["customerPhone"]) == ("Awa N.", "")
                && ((string?)ticket["driverName"], (string?)ticket["driverPhone"]) == ("Serge", "+237699000002"),
            "the board names them");
    }

    [Fact]
    public async Task A_board_comes_without_names_while_nobody_can_say_them()
    {
        var order = await system.OrderAtAsync("ready");
        system.Delivery.Down[order.Id] = true;
        await system.Ordering.DeliverAsync(new DeliveryAssigned(Guid.NewGuid(), order.Id, order.DriverId, system.Clock.GetUtcNow()));

        var ticket = Assert.Single(await BoardAsync(order))!;

        Assert.Equal(("", null), ((string?)ticket["customerName"], (string?)ticket["driverName"]));
    }

    [Fact]
    public async Task Unpaid_and_collected_orders_are_not_on_the_board()
    {
        var unpaid = await system.OrderAtAsync("pending", released: null);
        var collected = await system.OrderAtAsync("picked_up");

        Assert.Empty(await BoardAsync(unpaid));
        Assert.Empty(await BoardAsync(collected));
    }

    [Fact]
    public async Task The_buttons_lead_from_a_new_order_to_a_ready_one()
    {
        var order = await system.OrderAtAsync("pending");

        var confirmed = await PressAsync(order, "confirm", """{"estimatedPreparationTime":30}""");
        var preparing = await PressAsync(order, "preparing");
        var ready = await PressAsync(order, "ready");

        Assert.Equal(30, (int)(await confirmed.DataAsync())["estimatedPreparationTime"]!);
        Assert.Equal("preparing", (string?)(await preparing.DataAsync())["status"]);
        Assert.Equal("ready", (string?)(await ready.DataAsync())["status"]);
        Assert.Equal(5, Assert.Single(await system.AnnouncedAsync<OrderReady>(order, @event => @event.OrderId)).Version);
        Assert.Single(await system.AnnouncedAsync<OrderPreparing>(order, @event => @event.OrderId));
    }

    [Fact]
    public async Task Without_a_preparation_time_it_is_twenty_minutes()
    {
        var order = await system.OrderAtAsync("pending");

        var confirmed = await PressAsync(order, "confirm");

        Assert.Equal(20, (int)(await confirmed.DataAsync())["estimatedPreparationTime"]!);
    }

    [Theory]
    [InlineData("confirm", """{"estimatedPreparationTime":0}""")]
    [InlineData("confirm", """{"minutes":5}""")]
    [InlineData("cancel", """{"reason":7}""")]
    public async Task A_wrong_body_is_refused(string button, string json)
    {
        var response = await PressAsync(await system.OrderAtAsync("pending", released: null), button, json);

        await response.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Theory]
    [InlineData("confirm")]
    [InlineData("ready")]
    [InlineData("cancel")]
    public async Task The_board_belongs_to_the_restaurant(string button)
    {
        var order = await system.OrderAtAsync("pending", released: null);
        var url = $"/api/v1/restaurant/orders/{order.Id}/{button}";

        var customer = await system.Customer(order.CustomerId).PostAsync(url, null);
        var other = await system.Owner(Guid.NewGuid()).PostAsync(url, null);

        await customer.AssertRefusedAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_PERMISSIONS");
        await other.AssertRefusedAsync(HttpStatusCode.NotFound, "ORDER_NOT_FOUND");
    }

    private async Task<JsonArray> BoardAsync(TestOrder order) =>
        (await (await system.Owner(order.OwnerId).GetAsync("/api/v1/restaurant/orders/current")).DataAsync())["orders"]!.AsArray();

    private Task<HttpResponseMessage> PressAsync(TestOrder order, string button, string? json = null) => system.Owner(order.OwnerId)
        .PostAsync($"/api/v1/restaurant/orders/{order.Id}/{button}", json is null ? null : JsonContent.Create(JsonNode.Parse(json)));
}
