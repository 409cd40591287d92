using EatFast.Ordering.Contracts;
using EatFast.Payments.Contracts;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Tests.Features;

/// <summary>What CamPay may do to us: webhooks at any time or never, answers lost, other amounts. The customer is charged once.</summary>
public sealed class CamPayTroubleTests(PaymentsSystem system)
{
    [Theory]
    [InlineData("webhook_never")]
    [InlineData("webhook_twice")]
    [InlineData("webhook_before_answer")]
    [InlineData("bad_signature")]
    [InlineData("lost_answer")]
    public async Task Money_is_recognised_once_whatever_happens_to_webhook_and_answer(string trouble)
    {
        var order = await system.APlacedOrderAsync();
        var phone = system.APhone();
        await system.CamPay.OrderFaultAsync(phone, trouble, "collect");

        var paymentId = await system.StartAsync(order, phone);
        if (trouble != "webhook_before_answer")
            await system.CamPay.DecideAsync(phone);
        var payment = await system.UntilAskedAsync(order.OrderId, PaymentStatus.Completed);

        Assert.Single(await system.CamPay.StatementAsync(phone, "collect"));
        Assert.Single(await system.EventsAsync<PaymentSucceeded>(paid => paid.PaymentId == paymentId));
        Assert.Equal(5_500, await system.BalanceAsync(Accounts.ProviderClearing, null, paymentId));
        Assert.NotNull(Assert.Single(payment.Attempts).ProviderReference);
    }

    [Theory]
    [InlineData("approve", PaymentStatus.Completed)]
    [InlineData("refuse", PaymentStatus.Failed)]
    public async Task What_neither_answer_nor_webhook_named_is_found_in_the_statement(string decision, string outcome)
    {
        var order = await system.APlacedOrderAsync();
        var phone = system.APhone();
        await system.CamPay.OrderFaultAsync(phone, "lost_answer", "collect");
        await system.CamPay.OrderFaultAsync(phone, "webhook_never", "collect");

        await system.StartAsync(order, phone);
        var reference = await system.CamPay.DecideAsync(phone, decision);
        var payment = await system.UntilAskedAsync(order.OrderId, outcome);

        Assert.Single(await system.CamPay.StatementAsync(phone, "collect"));
        if (outcome == PaymentStatus.Completed)
            Assert.Equal(reference, Assert.Single(payment.Attempts).ProviderReference);
    }

    [Fact]
    public async Task A_webhook_may_come_as_a_get()
    {
        await system.CamPay.ChangeSettingsAsync(new { webhookMethod = "GET" });
        var order = await system.APlacedOrderAsync();
        var phone = system.APhone();
        await system.CamPay.OrderFaultAsync(phone, "lost_answer", "collect");

        await system.StartAsync(order, phone);
        await system.CamPay.DecideAsync(phone);

        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);
        await system.CamPay.ChangeSettingsAsync(new { webhookMethod = "POST" });
    }

    [Fact]
    public async Task A_refused_prompt_fails_with_the_reason_of_the_provider()
    {
        var order = await system.APlacedOrderAsync();
        var phone = system.APhone();

        await system.StartAsync(order, phone);
        await system.CamPay.DecideAsync(phone, "refuse");
        var payment = await system.UntilAsync(order.OrderId, PaymentStatus.Failed);

        Assert.Equal("APPROVAL_REJECTED", payment.Reason);
        Assert.Equal(payment.Reason, Assert.Single(await system.EventsAsync<PaymentFailed>(failed => failed.OrderId == order.OrderId)).Reason);
    }

    [Fact]
    public async Task Another_amount_than_asked_for_pays_nothing_and_goes_back()
    {
        var order = await system.APlacedOrderAsync();
        var phone = system.APhone();
        await system.CamPay.OrderFaultAsync(phone, "other_amount", "collect");

        await system.StartAsync(order, phone);
        await system.CamPay.DecideAsync(phone);
        var payment = await system.UntilAsync(
            order.OrderId, row => row.Attempts.Any(attempt => attempt is { IsCollect: false, IsFinal: true }), "it went back");

        Assert.Equal((PaymentStatus.Failed, "AMOUNT_MISMATCH"), (payment.Status, payment.Reason));
        Assert.Equal(2_750, Assert.Single(await system.CamPay.StatementAsync(phone, "withdraw")).GetProperty("amountXaf").GetInt64());
        Assert.Single(await system.EventsAsync<PaymentFailed>(failed => failed.OrderId == order.OrderId));
        Assert.Equal(0, await system.BalanceAsync(Accounts.ProviderClearing, null, payment.Id));
        Assert.Equal(0, await system.BalanceAsync(Accounts.OrderEscrow, null, payment.Id));
    }

    [Fact]
    public async Task A_call_without_an_answer_is_not_repeated()
    {
        var order = await system.APlacedOrderAsync();
        var phone = system.APhone();
        await system.CamPay.OrderFaultAsync(phone, "error500", "collect");

        await system.StartAsync(order, phone);
        var payment = await system.UntilAsync(order.OrderId, PaymentStatus.Processing);
        var other = await system.PayAsync(order, system.APhone());

        Assert.Equal(AttemptStatus.Unknown, Assert.Single(payment.Attempts).Status);
        Assert.Equal("PAYMENT_IN_PROGRESS", await other.CodeAsync());
        Assert.Empty(await system.CamPay.StatementAsync(phone, "collect"));
    }

    [Fact]
    public async Task Money_that_comes_after_we_gave_up_is_sent_back()
    {
        var order = await system.APlacedOrderAsync();
        var phone = system.APhone();
        var paymentId = await system.StartAsync(order, phone);
        await system.UntilAsync(order.OrderId, PaymentStatus.Processing);

        system.Clock.Advance(TimeSpan.FromMinutes(16));
        await system.UntilAsync(order.OrderId, PaymentStatus.Expired);
        await system.Payments.DeliverAsync(new OrderExpired(
            order.OrderId, order.OrderNumber, order.CustomerId, order.RestaurantId, order.RestaurantOwnerId, 2, order.PlacedAt));
        await system.CamPay.DecideAsync(phone);
        await system.UntilAsync(order.OrderId, PaymentStatus.Refunded);

        Assert.Empty(await system.EventsAsync<PaymentSucceeded>(paid => paid.OrderId == order.OrderId));
        Assert.Equal(5_500, Assert.Single(await system.EventsAsync<RefundIssued>(back => back.PaymentId == paymentId && back.IsFull)).AmountXaf);
        Assert.Single(await system.CamPay.StatementAsync(phone, "withdraw"));
        Assert.Equal(0, await system.BalanceAsync(Accounts.ProviderClearing, null, paymentId));
    }

    [Fact]
    public async Task Money_that_comes_late_still_pays_an_order_that_waits()
    {
        var order = await system.APlacedOrderAsync();
        var phone = system.APhone();
        var paymentId = await system.StartAsync(order, phone);
        await system.UntilAsync(order.OrderId, PaymentStatus.Processing);

        system.Clock.Advance(TimeSpan.FromMinutes(16));
        await system.UntilAsync(order.OrderId, PaymentStatus.Expired);
        await system.CamPay.DecideAsync(phone);
        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);

        Assert.Single(await system.EventsAsync<PaymentSucceeded>(paid => paid.PaymentId == paymentId));
        Assert.Empty(await system.CamPay.StatementAsync(phone, "withdraw"));
    }

    [Fact]
    public async Task What_never_left_is_sent_when_the_provider_is_back()
    {
        var order = await system.APlacedOrderAsync();
        var phone = system.APhone();
        system.CutCamPay();
        await system.StartAsync(order, phone);
        await system.UntilAsync(order.OrderId, IsPutBack, "sending was tried");

        system.RestoreCamPay();
        system.Clock.Advance(TimeSpan.FromSeconds(6));
        await system.CamPay.DecideAsync(phone);

        await system.UntilAskedAsync(order.OrderId, PaymentStatus.Completed);
        Assert.Single(await system.CamPay.StatementAsync(phone, "collect"));
    }

    [Fact]
    public async Task Whoever_died_while_sending_leaves_an_attempt_that_is_not_sent_again()
    {
        var order = await system.APlacedOrderAsync();
        var phone = system.APhone();
        system.CutCamPay();
        await system.StartAsync(order, phone);
        await system.UntilAsync(order.OrderId, IsPutBack, "sending was tried");
        var lapsed = system.Clock.GetUtcNow();
        await system.Payments.WithDbAsync(db => db.Attempts.Where(attempt => attempt.Status == AttemptStatus.Created)
            .ExecuteUpdateAsync(row => row
                .SetProperty(attempt => attempt.Status, AttemptStatus.Sending)
                .SetProperty(attempt => attempt.DueAt, lapsed)));

        system.RestoreCamPay();
        await system.UntilAsync(order.OrderId, row => row.Attempts[0].Status == AttemptStatus.Unknown, "nobody knows whether it was sent");

        Assert.Empty(await system.CamPay.StatementAsync(phone, "collect"));
    }

    private static bool IsPutBack(Payment payment) => payment.Attempts[0] is { Status: AttemptStatus.Created, Version: > 1 };
}
