using System.Text.Json;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Domain;
using EatFast.Security;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Tests.Features;

/// <summary>A payer's bank takes a card charge back: that is booked once, and seen until the bank has decided.</summary>
public sealed class CardDisputeTests(PaymentsSystem system)
{
    [Theory]
    [InlineData(null)]
    [InlineData("webhook_five_times")]
    public async Task What_the_bank_takes_is_booked_once_and_waits_for_an_administrator(string? trouble)
    {
        var (order, intent) = await APaidOrderAsync();
        if (trouble is not null)
            await system.CamPay.OrderStripeFaultAsync(order.OrderNumber, trouble, "dispute");

        var dispute = await system.CamPay.DisputeAsync(intent);
        await UntilAsync(dispute, row => row is not null);
        await RunAsync();

        var payment = await system.PaymentOfAsync(order.OrderId);
        Assert.Equal((0, 5_500), (await BalanceAsync(Accounts.StripeClearing, payment), await BalanceAsync(Accounts.Corrections, payment)));
        var seen = Assert.Single(await BreaksAsync(), row => row.GetProperty("paymentId").GetString() == $"{payment.Id}");
        Assert.Equal(("card_dispute", dispute, "finance", 5_500), (
            seen.GetProperty("kind").GetString(), seen.GetProperty("subject").GetString(), seen.GetProperty("owner").GetString(),
            seen.GetProperty("expectedXaf").GetInt64()));
    }

    [Theory]
    [InlineData("won", null, 5_500, 0)]
    [InlineData("lost", null, 0, 5_500)]
    [InlineData("won", "webhook_out_of_order", 5_500, 0)]
    public async Task The_end_of_a_dispute_closes_it_and_brings_back_what_was_won(string outcome, string? trouble, long keptXaf, long lossXaf)
    {
        var (order, intent) = await APaidOrderAsync();
        var dispute = await system.CamPay.DisputeAsync(intent);
        await UntilAsync(dispute, row => row is not null);
        if (trouble is not null)
            await system.CamPay.OrderStripeFaultAsync(order.OrderNumber, trouble, "dispute");

        await system.CamPay.EndDisputeAsync(dispute, outcome);
        await UntilAsync(dispute, row => row?.Resolution == outcome);
        await RunAsync();

        var payment = await system.PaymentOfAsync(order.OrderId);
        Assert.Equal(
            (keptXaf, lossXaf), (await BalanceAsync(Accounts.StripeClearing, payment), await BalanceAsync(Accounts.Corrections, payment)));
        Assert.DoesNotContain(await BreaksAsync(), row => row.GetProperty("paymentId").GetString() == $"{payment.Id}");
        Assert.Equal(PaymentStatus.Completed, payment.Status);
    }

    [Fact]
    public async Task A_dispute_whose_events_never_came_is_found_by_reconciliation()
    {
        var (order, intent) = await APaidOrderAsync();
        await system.CamPay.OrderStripeFaultAsync(order.OrderNumber, "webhook_never", "dispute");
        await system.CamPay.OrderStripeFaultAsync(order.OrderNumber, "webhook_never", "dispute");
        var dispute = await system.CamPay.DisputeAsync(intent);

        await RunAsync();
        var open = await FindAsync(dispute);
        await system.CamPay.EndDisputeAsync(dispute, "lost");
        await RunAsync();
        var over = await FindAsync(dispute);

        Assert.Equal((null, "lost"), (open!.Resolution, over!.Resolution));
        Assert.Equal(0, await BalanceAsync(Accounts.StripeClearing, await system.PaymentOfAsync(order.OrderId)));
    }

    private async Task<(OrderPlaced Order, string Intent)> APaidOrderAsync()
    {
        var order = await system.APlacedOrderAsync();
        await system.PostAsync(order.CustomerId, "stripe", new { orderId = order.OrderId });
        var intent = (await system.PaymentOfAsync(order.OrderId)).Attempts[0].ProviderReference!;
        await system.CamPay.PayByCardAsync(intent);
        await system.UntilAskedAsync(order.OrderId, PaymentStatus.Completed);
        return (order, intent);
    }

    private Task<long> BalanceAsync(string account, Payment payment) => system.BalanceAsync(account, null, payment.Id);

    private Task<ReconciliationBreak?> FindAsync(string dispute) => system.Payments.WithDbAsync(db =>
        db.ReconciliationBreaks.AsNoTracking().SingleOrDefaultAsync(row => row.Kind == BreakKind.CardDispute && row.Subject == dispute));

    private Task UntilAsync(string dispute, Predicate<ReconciliationBreak?> condition) =>
        Eventually.AsTrue(async () => condition(await FindAsync(dispute)), "the dispute is on record");

    private async Task RunAsync() =>
        (await system.SendAsync(Guid.NewGuid(), "admin/reconciliation/run", role: Roles.Admin, method: HttpMethod.Post)).EnsureSuccessStatusCode();

    private async Task<List<JsonElement>> BreaksAsync()
    {
        var answer = await system.SendAsync(Guid.NewGuid(), "admin/reconciliation?limit=100", role: Roles.Admin);
        return [.. (await answer.DataAsync()).GetProperty("breaks").EnumerateArray()];
    }
}
