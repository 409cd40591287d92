using EatFast.Ordering.Contracts;
using EatFast.Payments.Clients;
using EatFast.Payments.Contracts;
using EatFast.Payments.Domain;
using Microsoft.Extensions.Configuration;

namespace EatFast.Payments.Tests.Features;

/// <summary>NouPay has no webhook: everything is learnt by asking. What it took goes back through CamPay.</summary>
public sealed class NouPayTests(PaymentsSystem system)
{
    [Fact]
    public async Task An_order_is_paid_and_refunded_through_the_other_provider()
    {
        var (order, phone) = (await system.APlacedOrderAsync(), system.APhone());

        var answer = await system.PayAsync(order, phone, path: "noupay");
        await system.CamPay.DecideNouPayAsync(phone);
        var payment = await system.UntilAsync(order.OrderId, PaymentStatus.Completed);
        await system.Payments.DeliverAsync(new OrderCancelled(
            order.OrderId, order.OrderNumber, order.CustomerId, order.RestaurantId, order.RestaurantOwnerId, "late", 2, order.PlacedAt));
        await system.UntilAsync(order.OrderId, PaymentStatus.Refunded);

        Assert.Equal((202, PaymentMethods.NouPay), ((int)answer.StatusCode, payment.Method));
        Assert.Equal(5_500, await system.BalanceAsync(Accounts.NouPayClearing, null, payment.Id));
        Assert.Equal(-5_500, await system.BalanceAsync(Accounts.ProviderClearing, null, payment.Id));
        Assert.Single(await system.CamPay.StatementAsync(phone, "withdraw"));
    }

    [Theory]
    [InlineData("approve", PaymentStatus.Completed)]
    [InlineData("refuse", PaymentStatus.Failed)]
    public async Task CamPay_out_of_reach_is_replaced_once_its_attempt_is_dead(string decision, string status)
    {
        var (order, phone) = (await system.APlacedOrderAsync(), system.APhone());
        system.CutCamPay();
        await system.StartAsync(order, phone);
        await system.UntilAsync(order.OrderId, row => row.Attempts[0].Version > 1, "sending was tried");
        Assert.Empty(await system.CamPay.NouPayStatementAsync(phone));

        system.Clock.Advance(TimeSpan.FromSeconds(31));
        await system.CamPay.DecideNouPayAsync(phone, decision);
        var payment = await system.UntilAsync(order.OrderId, status);
        system.RestoreCamPay();

        Assert.Equal([(PaymentMethods.CamPay, AttemptStatus.Failed), (PaymentMethods.NouPay, payment.Attempts.MaxBy(row => row.CreatedAt)!.Status)],
            payment.Attempts.OrderBy(row => row.CreatedAt).Select(row => (row.Provider, row.Status)));
        Assert.Empty(await system.CamPay.StatementAsync(phone, "collect"));
        var failures = await system.EventsAsync<PaymentFailed>(failed => failed.OrderId == order.OrderId);
        Assert.Equal(status == PaymentStatus.Failed ? 1 : 0, failures.Count);
    }

    [Theory]
    [InlineData("refuse")]
    [InlineData("lost_answer")]
    public async Task A_payer_who_refused_or_an_answer_that_got_lost_is_not_tried_elsewhere(string what)
    {
        var (order, phone) = (await system.APlacedOrderAsync(), system.APhone());
        if (what == "lost_answer")
            await system.CamPay.OrderFaultAsync(phone, what, "collect");
        await system.StartAsync(order, phone);
        if (what == "refuse")
            await system.CamPay.DecideAsync(phone, what);
        await system.UntilAsync(
            order.OrderId, row => row.Attempts[0].Status is AttemptStatus.Failed or AttemptStatus.Unknown, "its end or its loss is known");

        Assert.Single((await system.PaymentOfAsync(order.OrderId)).Attempts);
        Assert.Empty(await system.CamPay.NouPayStatementAsync(phone));
    }

    [Fact]
    public async Task An_outcome_that_is_told_late_is_still_heard_of()
    {
        var (order, phone) = (await system.APlacedOrderAsync(), system.APhone());
        await system.CamPay.OrderNouPayFaultAsync(phone, "outcome_late");

        await system.PayAsync(order, phone, path: "noupay");
        await system.CamPay.DecideNouPayAsync(phone);
        var payment = await system.UntilAskedAsync(order.OrderId, PaymentStatus.Completed);

        Assert.Single(payment.Attempts);
        Assert.Single(await system.CamPay.NouPayStatementAsync(phone));
        Assert.Single(await system.EventsAsync<PaymentSucceeded>(paid => paid.OrderId == order.OrderId));
    }

    [Fact]
    public async Task An_outcome_that_is_never_told_pays_nothing_and_stays_open_for_a_person()
    {
        var (order, phone) = (await system.APlacedOrderAsync(), system.APhone());
        await system.CamPay.OrderNouPayFaultAsync(phone, "outcome_never");
        await system.PayAsync(order, phone, path: "noupay");
        await system.CamPay.DecideNouPayAsync(phone);
        await system.UntilAsync(order.OrderId, PaymentStatus.Processing);

        system.Clock.Advance(TimeSpan.FromMinutes(16));
        var payment = await system.UntilAsync(order.OrderId, PaymentStatus.Expired);

        // What has not ended is what reconciliation names after a day.
        Assert.Null(Assert.Single(payment.Attempts).EndedAt);
        Assert.Single(await system.CamPay.NouPayStatementAsync(phone));
        Assert.Empty(await system.EventsAsync<PaymentSucceeded>(paid => paid.OrderId == order.OrderId));
        Assert.Equal(0, await system.BalanceAsync(Accounts.NouPayClearing, null, payment.Id));
    }

    [Theory]
    [InlineData("timeout")]
    [InlineData("error500")]
    [InlineData("lost_answer")]
    [InlineData("slow")]
    [InlineData("other_amount")]
    public async Task Troubles_of_NouPay_charge_nobody_twice(string trouble)
    {
        var (order, phone) = (await system.APlacedOrderAsync(totalXaf: 5_000), system.APhone());
        await system.CamPay.OrderNouPayFaultAsync(phone, trouble);

        await system.PayAsync(order, phone, path: "noupay");
        if (trouble is "other_amount" or "slow")
            await system.CamPay.DecideNouPayAsync(phone);
        var payment = await system.UntilAskedAsync(
            order.OrderId, row => row.Attempts[0].Status is AttemptStatus.Unknown or AttemptStatus.Completed, "it is seen");

        Assert.Equal(
            trouble switch
            {
                "other_amount" => PaymentStatus.Failed,
                "slow" => PaymentStatus.Completed,
                _ => PaymentStatus.Processing
            },
            payment.Status);
        Assert.Equal(trouble is "error500" or "timeout" ? 0 : 1, (await system.CamPay.NouPayStatementAsync(phone)).Count);
        Assert.Equal(
            trouble == "slow" ? 1 : 0, (await system.EventsAsync<PaymentSucceeded>(paid => paid.OrderId == order.OrderId)).Count);
    }

    [Fact]
    public void Without_keys_it_is_not_offered_and_its_references_are_short()
    {
        var options = NouPayOptions.Read(new ConfigurationBuilder().Build(), isDevelopment: false);
        var now = system.Clock.GetUtcNow();
        var charge = Payment.TopUp(Guid.NewGuid(), 500, PaymentMethods.NouPay, now)
            .StartCollect(Guid.NewGuid(), new Purse(PaymentMethods.NouPay), now, TimeSpan.FromMinutes(15));

        Assert.Equal((false, "https://api.noupia.com/"), (options.IsOn, options.BaseUrl.ToString()));
        Assert.Matches("^[0-9a-f]{30}$", NouPay.ReferenceOf(charge));
    }
}
