using System.Net.Http.Json;
using EatFast.Delivery.Contracts;
using EatFast.Identity.Contracts;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Contracts;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Tests.Features;

/// <summary>A guest's cash: judged like anybody's, and by the proven number from one session to the next.</summary>
public sealed class GuestCashTests(PaymentsSystem system)
{
    private readonly string _number = $"{Guid.NewGuid():N}";

    [Fact]
    public async Task It_is_approved_collected_at_the_door_and_split_like_an_accounts()
    {
        var order = await AnOrderAsync();
        var driverId = Guid.NewGuid();

        var started = await PayAsync(order);
        await system.Payments.DeliverAsync(
            new CashCollected(Guid.NewGuid(), order.OrderId, driverId, order.TotalXaf, order.PlacedAt), Guid.NewGuid(), times: 2);
        await system.Payments.DeliverAsync(Delivered(order, driverId), Guid.NewGuid(), times: 2);

        Assert.Equal(200, (int)started.StatusCode);
        Assert.Single(await system.EventsAsync<PaymentAuthorized>(said => said.OrderId == order.OrderId));
        var payment = await system.PaymentOfAsync(order.OrderId);
        Assert.Equal((PaymentStatus.Completed, order.CustomerId), (payment.Status, payment.CustomerId));
        Assert.Equal(-675, await system.BalanceAsync(Accounts.Commission, null, payment.Id));
        Assert.Equal(order.TotalXaf, await system.BalanceAsync(Accounts.CashFloat, driverId, payment.Id));
    }

    [Fact]
    public async Task A_large_first_order_needs_no_second_proof_and_a_very_large_one_is_paid_first()
    {
        var large = await AnOrderAsync(totalXaf: 30_000);
        var veryLarge = await AnOrderAsync(totalXaf: 70_000);

        Assert.Single(await system.EventsAsync<PaymentAuthorized>(said => said.OrderId == large.OrderId));
        Assert.Equal(1, (await JudgementAsync(large)).Features[RiskFeature.GuestPhoneProven]);
        Assert.Equal("PREPAYMENT_REQUIRED", await (await PayAsync(veryLarge)).CodeAsync());
    }

    [Fact]
    public async Task Without_the_proof_a_large_order_waits_for_it()
    {
        var order = await AnOrderAsync(totalXaf: 30_000, isProven: false);

        var failed = Assert.Single(await system.EventsAsync<PaymentFailed>(said => said.OrderId == order.OrderId));
        Assert.Equal("PHONE_PROOF_REQUIRED", failed.Reason);
    }

    [Fact]
    public async Task Food_that_came_back_follows_the_number_into_the_next_session_and_no_other_number()
    {
        var first = await AnOrderAsync();
        await system.Payments.DeliverAsync(Withdrawn(first));

        var (again, stranger) = (await AnOrderAsync(), await AnOrderAsync(number: $"{Guid.NewGuid():N}"));

        Assert.Equal("PREPAYMENT_REQUIRED", await (await PayAsync(again)).CodeAsync());
        Assert.Equal(1, (await JudgementAsync(again)).Features[RiskFeature.FailedHandOvers]);
        Assert.Equal(RiskDecision.Allow, (await JudgementAsync(stranger)).Decision);
    }

    [Fact]
    public async Task It_follows_the_guest_into_the_account_too()
    {
        var (first, second) = (await AnOrderAsync(), await AnOrderAsync());
        await system.Payments.DeliverAsync(Withdrawn(first));
        var userId = Guid.NewGuid();
        await system.Payments.DeliverAsync(new GuestConverted(second.CustomerId, userId, second.PlacedAt));

        var order = await system.APlacedOrderAsync(PaymentMethods.Cash, customerId: userId);

        Assert.Equal(1, (await JudgementAsync(order)).Features[RiskFeature.FailedHandOvers]);
    }

    [Fact]
    public async Task Guests_of_one_number_are_one_person_at_their_own_door_and_device()
    {
        OrderPlaced order = null!;
        var mark = $"{Guid.NewGuid():N}";
        for (var session = 0; session < 5; session++)
        {
            order = Known(system.AnOrder(PaymentMethods.Cash) with { DeviceMark = mark }, _number);
            var known = system.Orders.Known[$"{order.OrderId}"];
            (known.DeliveryLatitude, known.DeliveryLongitude) = (2.9, 9.9);
            await system.Payments.DeliverAsync(order);
        }

        var features = (await JudgementAsync(order)).Features;

        Assert.Equal((0L, 0L), (features[RiskFeature.AccountsOnDevice], features[RiskFeature.AccountsAtAddress]));
        Assert.Equal((4L, 4L), (features[RiskFeature.OpenCashOrders], features[RiskFeature.OrdersLastHour]));
    }

    private async Task<OrderPlaced> AnOrderAsync(long totalXaf = 5_500, bool isProven = true, string? number = null)
    {
        var order = Known(system.AnOrder(PaymentMethods.Cash, totalXaf), isProven ? number ?? _number : "");
        await system.Payments.DeliverAsync(order);
        return order;
    }

    private OrderPlaced Known(OrderPlaced order, string number)
    {
        var known = system.Orders.Known[$"{order.OrderId}"];
        (known.IsGuest, known.ProvenPhoneMark) = (true, number);
        return order;
    }

    private async Task<HttpResponseMessage> PayAsync(OrderPlaced order)
    {
        using var client = system.ClientOf("payments");
        client.DefaultRequestHeaders.Add("X-Guest-Session", system.Identities.OpenSession(order.CustomerId));
        return await client.PostAsJsonAsync("/api/v1/payments/process", new { orderId = order.OrderId, method = "cash" });
    }

    private Task<RiskJudgement> JudgementAsync(OrderPlaced order) => system.Payments.WithDbAsync(db =>
        db.RiskJudgements.AsNoTracking().Where(row => row.OrderId == order.OrderId).OrderByDescending(row => row.DecidedAt).FirstAsync());

    private static DeliveryWithdrawn Withdrawn(OrderPlaced order) =>
        new(Guid.NewGuid(), order.OrderId, order.OrderNumber, Guid.NewGuid(), true, order.PlacedAt);

    private static OrderDelivered Delivered(OrderPlaced order, Guid driverId) => new(
        order.OrderId, order.OrderNumber, order.CustomerId, order.RestaurantId, order.RestaurantOwnerId, driverId, order.TotalXaf, 9,
        order.PlacedAt);
}
