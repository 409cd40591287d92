using EatFast.Payments.Clients;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments;

/// <summary>
/// Follows disputed card charges: what Stripe takes back is booked against the platform, and stands among the breaks until the case is over.
/// Events come twice and in any order, so they only make us ask.
/// </summary>
internal sealed class CardDisputes(
    PaymentsDbContext db, StripeCards stripe, ReconciliationRules rules, TimeProvider clock, ILogger<CardDisputes> logger)
{
    /// <summary>False when Stripe does not tell now.</summary>
    public async Task<bool> FollowAsync(string reference, CancellationToken ct)
    {
        if (await stripe.FindDisputeAsync(reference, ct) is not { } dispute)
            return false;
        await KeepAsync(dispute, ct);
        return true;
    }

    /// <summary>For those whose event never came: the new ones, and the old ones that are still open here.</summary>
    public async Task FollowAllAsync(CancellationToken ct)
    {
        if (!stripe.IsOn || await stripe.ListDisputesAsync(clock.GetUtcNow() - rules.Window, ct) is not { } recent)
            return;
        foreach (var dispute in recent)
            await KeepAsync(dispute, ct);
        var listed = recent.Select(dispute => dispute.Reference).ToList();
        var open = await db.ReconciliationBreaks
            .Where(row => row.Kind == BreakKind.CardDispute && row.ResolvedAt == null && !listed.Contains(row.Subject))
            .Select(row => row.Subject).ToListAsync(ct);
        foreach (var reference in open)
            await FollowAsync(reference, ct);
    }

    private async Task KeepAsync(CardDispute dispute, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Of two equal events the second waits here; uses ix_payment_attempts_provider_reference.
        var locked = await db.Payments.FromSql($"""
            SELECT payment.* FROM payments.payments AS payment
            JOIN payments.payment_attempts AS attempt ON attempt.payment_id = payment.id
            WHERE attempt.provider = {PaymentMethods.Stripe} AND attempt.provider_reference = {dispute.ChargeReference}
            FOR UPDATE OF payment
            """).AsNoTracking().ToListAsync(ct);
        var payment = locked.SingleOrDefault();
        // Uses ix_reconciliation_breaks_kind_subject.
        var row = await db.ReconciliationBreaks.SingleOrDefaultAsync(
            known => known.Kind == BreakKind.CardDispute && known.Subject == dispute.Reference, ct);
        if (row is null)
        {
            row = ReconciliationBreak.Of(Reconciler.Disputed(dispute, payment?.Id), now);
            db.Add(row);
            logger.LogWarning("Card dispute {Reference} of {Amount} XAF: {Status}", dispute.Reference, dispute.AmountXaf, dispute.Status);
        }
        if (payment is not null)
            await BookAsync(payment, row, dispute, now, ct);
        if (dispute.IsOver)
            row.Close(dispute.IsLost ? "lost" : "won", now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private async Task BookAsync(Payment payment, ReconciliationBreak row, CardDispute dispute, DateTimeOffset now, CancellationToken ct)
    {
        // Uses ix_ledger_entries_kind_source_id.
        var booked = await db.LedgerEntries.Where(entry => entry.SourceId == row.Id).Select(entry => entry.Kind).ToListAsync(ct);
        if (dispute.TakesMoney && !booked.Contains(EntryKind.Chargeback))
            db.Book(Bookings.ChargedBack(payment, row.Id, dispute.AmountXaf, now));
        else if (!dispute.TakesMoney && booked is [EntryKind.Chargeback])
            db.Book(Bookings.ChargebackReturned(payment, row.Id, dispute.AmountXaf, now));
    }
}
