using EatFast.Delivery.Contracts;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Contracts;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Tests.Features;

/// <summary>Cash is a promise, and a charge may be of a stranger's phone: both are judged, and a person sees what is doubted.</summary>
public sealed class FraudTests(PaymentsSystem system)
{
    [Fact]
    public async Task A_small_first_cash_order_is_allowed_and_its_judgement_names_the_rules()
    {
        var order = await system.APlacedOrderAsync(PaymentMethods.Cash);

        var judgement = await JudgementAsync(order);

        Assert.Equal((RiskDecision.Allow, false), (judgement.Decision, judgement.IsFallback));
        Assert.False(string.IsNullOrEmpty(judgement.RulesVersion));
        Assert.Equal(order.TotalXaf, judgement.Features[RiskFeature.AmountXaf]);
        Assert.Single(await system.EventsAsync<PaymentAuthorized>(said => said.OrderId == order.OrderId));
        Assert.Null(await AlertAsync(order));
    }

    [Fact]
    public async Task A_large_first_cash_order_waits_for_a_proven_number()
    {
        var order = await system.APlacedOrderAsync(PaymentMethods.Cash, totalXaf: 30_000);

        var refused = await PayCashAsync(order);
        system.Identities.Prove(order.CustomerId, system.APhone());
        var allowed = await PayCashAsync(order);

        Assert.Equal(("PHONE_PROOF_REQUIRED", 200), (await refused.CodeAsync(), (int)allowed.StatusCode));
        Assert.Single(await system.EventsAsync<PaymentAuthorized>(said => said.OrderId == order.OrderId));
        Assert.Single(await system.EventsAsync<PaymentFailed>(said => said.OrderId == order.OrderId && said.Reason == "PHONE_PROOF_REQUIRED"));
        Assert.Equal(RiskDecision.Allow, (await AlertAsync(order))!.Decision);
    }

    [Fact]
    public async Task A_very_large_first_order_is_paid_beforehand()
    {
        var order = await system.APlacedOrderAsync(PaymentMethods.Cash, totalXaf: 70_000);

        var refused = await PayCashAsync(order);
        await system.StartAsync(order, SimulatedCamPay.GoodMtn);
        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);

        Assert.Equal("PREPAYMENT_REQUIRED", await refused.CodeAsync());
        Assert.Empty(await system.EventsAsync<PaymentAuthorized>(said => said.OrderId == order.OrderId));
        Assert.Equal(RiskDecision.Prepay, (await AlertAsync(order))!.Decision);
    }

    [Fact]
    public async Task Food_that_came_back_makes_its_customer_pay_beforehand_and_counts_once()
    {
        var first = await system.APlacedOrderAsync(PaymentMethods.Cash);
        var kept = await system.APlacedOrderAsync(PaymentMethods.Cash);
        await system.Payments.DeliverAsync(Withdrawn(first, hadFood: true), times: 2);
        await system.Payments.DeliverAsync(Withdrawn(first, hadFood: true));
        await system.Payments.DeliverAsync(Withdrawn(kept, hadFood: false));

        var again = await system.APlacedOrderAsync(PaymentMethods.Cash, customerId: first.CustomerId);
        var fine = await system.APlacedOrderAsync(PaymentMethods.Cash, customerId: kept.CustomerId);

        Assert.Equal(("PREPAYMENT_REQUIRED", 1), (
            await (await PayCashAsync(again)).CodeAsync(), (await JudgementAsync(again)).Features[RiskFeature.FailedHandOvers]));
        Assert.Equal(RiskDecision.Allow, (await JudgementAsync(fine)).Decision);
    }

    [Theory]
    [InlineData(ReturnReason.CustomerAbsent, 1)]
    [InlineData(ReturnReason.CustomerRefused, 1)]
    [InlineData(ReturnReason.CustomerCannotPay, 1)]
    [InlineData(null, 1)]
    [InlineData(ReturnReason.DriverTrouble, 0)]
    [InlineData(ReturnReason.FoodDamaged, 0)]
    [InlineData(ReturnReason.WrongFood, 0)]
    [InlineData(ReturnReason.TooLate, 0)]
    public async Task Food_that_came_back_counts_unless_it_was_our_fault(string? reason, int counted)
    {
        var order = await system.APlacedOrderAsync(PaymentMethods.Cash);

        await system.Payments.DeliverAsync(Withdrawn(order, hadFood: true) with { Reason = reason }, times: 2);

        Assert.Equal(counted, await system.Payments.WithDbAsync(db => db.FailedHandOvers.CountAsync(row => row.OrderId == order.OrderId)));
    }

    [Fact]
    public async Task Paid_food_that_came_back_is_nobodys_fault()
    {
        var (order, _) = await system.APaidOrderAsync();

        await system.Payments.DeliverAsync(Withdrawn(order, hadFood: true));

        Assert.False(await system.Payments.WithDbAsync(db => db.FailedHandOvers.AnyAsync(row => row.OrderId == order.OrderId)));
    }

    [Fact]
    public async Task Ten_orders_in_an_hour_are_too_many_for_somebody_new()
    {
        var customerId = Guid.NewGuid();
        for (var number = 0; number < 10; number++)
            await system.APlacedOrderAsync(customerId: customerId);

        var order = await system.APlacedOrderAsync(PaymentMethods.Cash, customerId: customerId);

        Assert.Equal("PHONE_PROOF_REQUIRED", await (await PayCashAsync(order)).CodeAsync());
        Assert.Equal("velocity", (await AlertAsync(order))!.Type);
    }

    [Fact]
    public async Task Places_are_features_of_cash()
    {
        var (latitude, longitude) = (3.5 + (Random.Shared.Next(1_000) / 1_000.0), 11.5);
        OrderPlaced order = null!;
        for (var number = 0; number < 6; number++)
        {
            order = system.AnOrder(PaymentMethods.Cash);
            var known = system.Orders.Known[$"{order.OrderId}"];
            (known.DeliveryLatitude, known.DeliveryLongitude) = (latitude, longitude);
            (known.RestaurantLatitude, known.RestaurantLongitude, known.IsGuest) = (latitude + 0.2, longitude, true);
            await system.Payments.DeliverAsync(order);
        }

        var judgement = await JudgementAsync(order);

        Assert.Equal(5, judgement.Features[RiskFeature.AccountsAtAddress]);
        Assert.InRange(judgement.Features[RiskFeature.DistanceMetres], 22_000, 22_500);
        Assert.Superset(
            new HashSet<string> { "address_shared", "distance_long", "guest", "first_orders" }, judgement.Factors.Select(row => row.Code).ToHashSet());
    }

    [Fact]
    public async Task A_charge_of_yet_another_number_needs_the_proof_of_it()
    {
        var customerId = Guid.NewGuid();
        for (var number = 0; number < 4; number++)
            await system.StartAsync(await system.APlacedOrderAsync(customerId: customerId), system.APhone());
        var (order, own) = (await system.APlacedOrderAsync(customerId: customerId), system.APhone());

        var refused = await system.PayAsync(order, own);
        system.Identities.Prove(customerId, own);
        var allowed = await system.PayAsync(order, own);

        Assert.Equal(("PHONE_PROOF_REQUIRED", 202), (await refused.CodeAsync(), (int)allowed.StatusCode));
    }

    [Fact]
    public async Task Accounts_that_only_ever_pay_cash_are_linked_by_the_device_that_placed_their_orders()
    {
        var mark = $"{Guid.NewGuid():N}";
        OrderPlaced order = null!;
        for (var number = 0; number < 4; number++)
            await system.Payments.DeliverAsync(order = system.AnOrder(PaymentMethods.Cash) with { DeviceMark = mark });

        Assert.Equal(RiskDecision.Review, (await JudgementAsync(order)).Decision);
        Assert.Empty(await system.EventsAsync<PaymentAuthorized>(said => said.OrderId == order.OrderId));
    }

    private Task<HttpResponseMessage> PayCashAsync(OrderPlaced order) =>
        system.PostAsync(order.CustomerId, "process", new { orderId = order.OrderId, method = "cash" });

    private Task<RiskJudgement> JudgementAsync(OrderPlaced order) => system.Payments.WithDbAsync(db =>
        db.RiskJudgements.AsNoTracking().Where(row => row.OrderId == order.OrderId).OrderByDescending(row => row.DecidedAt).FirstAsync());

    private Task<FraudAlert?> AlertAsync(OrderPlaced order) => system.Payments.WithDbAsync(db =>
        db.FraudAlerts.AsNoTracking().SingleOrDefaultAsync(row => row.OrderId == order.OrderId));

    private static DeliveryWithdrawn Withdrawn(OrderPlaced order, bool hadFood) =>
        new(Guid.NewGuid(), order.OrderId, order.OrderNumber, Guid.NewGuid(), hadFood, order.PlacedAt);
}
