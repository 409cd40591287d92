using EatFast.Ordering.Contracts.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.EntityFrameworkCore;
using OrderingClient = EatFast.Ordering.Contracts.V1.Ordering.OrderingClient;

namespace EatFast.Ordering.Tests.Features;

public sealed class DescribeOrderTests(OrderingSystem system)
{
    [Fact]
    public async Task Neighbours_get_amount_places_and_codes()
    {
        var order = await system.OrderAtAsync("confirmed");

        var reply = await Client().GetOrderAsync(new GetOrderRequest { OrderId = order.Id.ToString() });

        Assert.Equal(("confirmed", "paid", 4_000, 1_000), (reply.Status, reply.PaymentStatus, reply.TotalXaf, reply.DeliveryFeeXaf));
        Assert.Equal(("12 rue de la Joie, douala", "Portail bleu"), (reply.DeliveryAddress, reply.DeliveryInstructions));
        Assert.Matches("^[0-9]{4}$", reply.PickupCode);
        Assert.Matches("^[0-9]{4}$", reply.DropCode);
        Assert.Equal(2, Assert.Single(reply.Lines).Quantity);
    }

    [Theory]
    [InlineData("01990000-0000-7000-8000-00000000ffff")]
    [InlineData("nonsense")]
    public async Task An_unknown_order_is_not_found(string id)
    {
        var failed = await Assert.ThrowsAsync<RpcException>(
            async () => await Client().GetOrderAsync(new GetOrderRequest { OrderId = id }));

        Assert.Equal((StatusCode.NotFound, "ORDER_NOT_FOUND"), (failed.StatusCode, failed.Status.Detail));
    }

    [Fact]
    public async Task Neighbours_list_what_was_placed_in_a_stretch_of_time()
    {
        var (first, second) = (await system.OrderAtAsync("confirmed"), await system.OrderAtAsync("confirmed"));
        var placed = await system.Ordering.WithDbAsync(db => db.Orders.Where(order => order.Id == first.Id || order.Id == second.Id)
            .Select(order => order.CreatedAt).ToListAsync());
        var (from, until) = ($"{placed.Min().AddSeconds(-1):O}", $"{placed.Max().AddSeconds(1):O}");

        var all = await Client().ListPlacedAsync(new ListPlacedRequest { From = from, Until = until });
        var rest = await Client().ListPlacedAsync(new ListPlacedRequest { From = from, Until = until, AfterOrderId = $"{first.Id}" });
        var none = await Client().ListPlacedAsync(new ListPlacedRequest { From = "yesterday", Until = "nonsense" });

        Assert.Equal(
            [$"{first.Id}", $"{second.Id}"],
            all.Orders.Select(order => order.OrderId).Where(id => id == $"{first.Id}" || id == $"{second.Id}"));
        Assert.DoesNotContain(rest.Orders, order => order.OrderId == $"{first.Id}");
        Assert.Equal(4_000, rest.Orders.Single(order => order.OrderId == $"{second.Id}").TotalXaf);
        Assert.Empty(none.Orders);
    }

    private OrderingClient Client() => new(GrpcChannel.ForAddress(
        "http://ordering", new GrpcChannelOptions { HttpHandler = system.Ordering.Server.CreateHandler() }));
}
