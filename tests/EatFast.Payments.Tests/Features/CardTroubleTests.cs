using System.Net;
using System.Text.Json;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Contracts;
using EatFast.Payments.Domain;

namespace EatFast.Payments.Tests.Features;

/// <summary>What Stripe may do to us: no answers, events before them or with a forged signature, other amounts. A card is charged once.</summary>
public sealed class CardTroubleTests(PaymentsSystem system)
{
    [Theory]
    [InlineData("timeout")]
    [InlineData("error500")]
    [InlineData("lost_answer")]
    [InlineData("slow")]
    public async Task A_form_that_asks_again_gets_its_one_intent_and_pays_once(string trouble)
    {
        var order = await system.APlacedOrderAsync();
        await system.CamPay.OrderStripeFaultAsync(order.OrderNumber, trouble, "intent");

        var first = await StartAsync(order);
        var again = await StartAsync(order);
        var intent = Assert.Single(await IntentsAsync(order)).GetProperty("id").GetString()!;
        await system.CamPay.PayByCardAsync(intent);
        var payment = await system.UntilAskedAsync(order.OrderId, PaymentStatus.Completed);

        if (trouble != "slow")
            Assert.Null(first);
        Assert.StartsWith(intent, again, StringComparison.Ordinal);
        Assert.Single(payment.Attempts);
        Assert.Single(await system.EventsAsync<PaymentSucceeded>(paid => paid.OrderId == order.OrderId));
        Assert.Equal(5_500, await system.BalanceAsync(Accounts.StripeClearing, null, payment.Id));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("lost_answer")]
    public async Task An_event_before_the_answer_is_not_lost(string? answer)
    {
        var order = await system.APlacedOrderAsync();
        await system.CamPay.OrderStripeFaultAsync(order.OrderNumber, "webhook_before_answer", "intent");
        if (answer is not null)
            await system.CamPay.OrderStripeFaultAsync(order.OrderNumber, answer, "intent");

        await StartAsync(order);
        var payment = await system.UntilAsync(order.OrderId, PaymentStatus.Completed);
        var late = await system.PostAsync(order.CustomerId, "stripe", new { orderId = order.OrderId }, key: "late");

        // Without the event, nobody would have looked before the sender's lease is over.
        Assert.InRange(payment.CompletedAt!.Value - payment.Attempts[0].CreatedAt, TimeSpan.Zero, TimeSpan.FromSeconds(29));
        Assert.Equal("ORDER_ALREADY_PAID", await late.CodeAsync());
        Assert.Single(await IntentsAsync(order));
        Assert.Single(await system.EventsAsync<PaymentSucceeded>(paid => paid.OrderId == order.OrderId));
    }

    [Fact]
    public async Task Another_amount_than_asked_for_pays_nothing_and_goes_back()
    {
        var order = await system.APlacedOrderAsync();
        await system.CamPay.OrderStripeFaultAsync(order.OrderNumber, "other_amount", "intent");

        await PayAsync(order);
        var payment = await system.UntilAskedAsync(
            order.OrderId, row => row.Attempts.Any(attempt => attempt is { IsCollect: false, IsFinal: true }), "it went back");

        Assert.Equal((PaymentStatus.Failed, "AMOUNT_MISMATCH"), (payment.Status, payment.Reason));
        Assert.Equal(2_750, Assert.Single(await system.CamPay.CardRefundsAsync(order.OrderNumber)).GetProperty("amount").GetInt64());
        Assert.Empty(await system.EventsAsync<PaymentSucceeded>(paid => paid.OrderId == order.OrderId));
        Assert.Equal(0, await system.BalanceAsync(Accounts.StripeClearing, null, payment.Id));
        Assert.Equal(0, await system.BalanceAsync(Accounts.OrderEscrow, null, payment.Id));
    }

    [Fact]
    public async Task An_event_with_a_forged_signature_is_refused_and_the_truth_is_asked_for()
    {
        var order = await system.APlacedOrderAsync();
        await system.CamPay.OrderStripeFaultAsync(order.OrderNumber, "bad_signature", "intent");

        await PayAsync(order);
        await system.UntilAskedAsync(order.OrderId, PaymentStatus.Completed);

        Assert.Equal(["401"], Assert.Single(await IntentsAsync(order)).GetProperty("webhooks").EnumerateArray().Select(row => row.GetString()));
    }

    [Theory]
    [InlineData("error500")]
    [InlineData("done_with_error500")]
    [InlineData("lost_answer")]
    [InlineData("webhook_before_answer")]
    public async Task Money_goes_back_once_whatever_happens_to_the_answer(string trouble)
    {
        var order = await system.APlacedOrderAsync();
        await PayAsync(order);
        await system.UntilAskedAsync(order.OrderId, PaymentStatus.Completed);
        await system.CamPay.OrderStripeFaultAsync(order.OrderNumber, trouble, "refund");

        await system.Payments.DeliverAsync(new OrderCancelled(
            order.OrderId, order.OrderNumber, order.CustomerId, order.RestaurantId, order.RestaurantOwnerId, "late", 2, order.PlacedAt));
        var payment = await system.UntilAskedAsync(order.OrderId, PaymentStatus.Refunded);

        Assert.Equal(5_500, Assert.Single(await system.CamPay.CardRefundsAsync(order.OrderNumber)).GetProperty("amount").GetInt64());
        Assert.Single(await system.EventsAsync<RefundIssued>(back => back.OrderId == order.OrderId));
        Assert.Equal(0, await system.BalanceAsync(Accounts.StripeClearing, null, payment.Id));
    }

    // What the payer's device got, if anything.
    private async Task<string?> StartAsync(OrderPlaced order)
    {
        var answer = await system.PostAsync(order.CustomerId, "stripe", new { orderId = order.OrderId });
        answer.RequireStatus(HttpStatusCode.Accepted);
        return (await answer.DataAsync()).TryGetProperty("clientSecret", out var secret) ? secret.GetString() : null;
    }

    private async Task PayAsync(OrderPlaced order)
    {
        await StartAsync(order);
        await system.CamPay.PayByCardAsync((await system.PaymentOfAsync(order.OrderId)).Attempts[0].ProviderReference!);
    }

    private async Task<List<JsonElement>> IntentsAsync(OrderPlaced order) =>
        await system.CamPay.IntentsAsync((await system.PaymentOfAsync(order.OrderId)).Attempts[0].ExternalReference);
}
