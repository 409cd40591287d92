using EatFast.Ordering.Contracts;
using EatFast.Payments.Contracts;
using EatFast.Payments.Domain;
using EatFast.Security;

namespace EatFast.Payments.Tests.Features;

/// <summary>Stripe keeps a failure under its key and repeats it: what it has is found, what it has not is said under the next key, and never twice.</summary>
public sealed class KeptFailureTests(PaymentsSystem system)
{
    [Theory]
    [InlineData("error500", 2)]
    [InlineData("done_with_error500", 1)]
    public async Task A_refund_is_made_once_whatever_stands_behind_the_failure(string trouble, int keys)
    {
        var order = await APaidOrderAsync();
        await system.CamPay.OrderStripeFaultAsync(order.OrderNumber, trouble, "refund");

        await CancelAsync(order);
        var payment = await system.UntilAskedAsync(order.OrderId, PaymentStatus.Refunded);

        Assert.Equal(5_500, Assert.Single(await system.CamPay.CardRefundsAsync(order.OrderNumber)).GetProperty("amount").GetInt64());
        Assert.Equal(keys, RefundOf(payment).KeyNumber);
        Assert.Single(await system.EventsAsync<RefundIssued>(back => back.OrderId == order.OrderId));
    }

    [Fact]
    public async Task Failures_in_a_row_take_a_key_each_and_a_list_that_fails_takes_none()
    {
        var order = await APaidOrderAsync();
        foreach (var endpoint in new[] { "refund", "refund", "read", "read" })
            await system.CamPay.OrderStripeFaultAsync(order.OrderNumber, "error500", endpoint);

        await CancelAsync(order);
        var payment = await system.UntilAskedAsync(order.OrderId, PaymentStatus.Refunded);

        Assert.Equal(3, RefundOf(payment).KeyNumber);
        Assert.Single(await system.CamPay.CardRefundsAsync(order.OrderNumber));
        Assert.Equal(0, await system.BalanceAsync(Accounts.StripeClearing, null, payment.Id));
    }

    [Theory]
    [InlineData("error500", 0)]
    [InlineData("done_with_error500", 1)]
    public async Task A_part_that_a_charge_could_bear_twice_is_found_or_left_to_a_person(string trouble, int made)
    {
        var order = await APaidOrderAsync();
        await system.CamPay.OrderStripeFaultAsync(order.OrderNumber, trouble, "refund");

        var granted = await system.SendAsync(
            Guid.NewGuid(), $"admin/orders/{order.OrderId}/refund", new { amount = 2_750, reason = "cold" }, Roles.Admin);
        var payment = await system.UntilAskedAsync(
            order.OrderId, row => RefundOf(row) is { IsFinal: true } or { Reason: "ANSWER_KEPT" }, "it is found or given up");

        Assert.Equal(200, (int)granted.StatusCode);
        Assert.Equal((1, made == 1), (RefundOf(payment).KeyNumber, RefundOf(payment).IsFinal));
        Assert.Equal(made, (await system.CamPay.CardRefundsAsync(order.OrderNumber)).Count);
    }

    [Fact]
    public async Task An_intent_behind_a_failure_is_paid_by_nobody_and_the_form_gets_the_next_one()
    {
        var order = await system.APlacedOrderAsync();
        await system.CamPay.OrderStripeFaultAsync(order.OrderNumber, "done_with_error500", "intent");

        var first = await StartAsync(order);
        var again = await StartAsync(order);
        var third = await StartAsync(order);
        var charge = Assert.Single((await system.PaymentOfAsync(order.OrderId)).Attempts);
        await system.CamPay.PayByCardAsync(charge.ProviderReference!);
        var payment = await system.UntilAskedAsync(order.OrderId, PaymentStatus.Completed);

        Assert.Null(first);
        Assert.StartsWith(charge.ProviderReference!, again, StringComparison.Ordinal);
        Assert.Equal(again, third);
        Assert.Equal((2, 2), (charge.KeyNumber, (await system.CamPay.IntentsAsync(charge.ExternalReference)).Count));
        Assert.Equal(5_500, await system.BalanceAsync(Accounts.StripeClearing, null, payment.Id));
    }

    private static Attempt RefundOf(Payment payment) => Assert.Single(payment.Attempts, attempt => !attempt.IsCollect);

    private async Task<string?> StartAsync(OrderPlaced order)
    {
        var answer = await system.PostAsync(order.CustomerId, "stripe", new { orderId = order.OrderId });
        return (await answer.DataAsync()).TryGetProperty("clientSecret", out var secret) ? secret.GetString() : null;
    }

    private async Task<OrderPlaced> APaidOrderAsync()
    {
        var order = await system.APlacedOrderAsync();
        await StartAsync(order);
        await system.CamPay.PayByCardAsync((await system.PaymentOfAsync(order.OrderId)).Attempts[0].ProviderReference!);
        await system.UntilAskedAsync(order.OrderId, PaymentStatus.Completed);
        return order;
    }

    private Task CancelAsync(OrderPlaced order) => system.Payments.DeliverAsync(new OrderCancelled(
        order.OrderId, order.OrderNumber, order.CustomerId, order.RestaurantId, order.RestaurantOwnerId, "late", 2, order.PlacedAt));
}
