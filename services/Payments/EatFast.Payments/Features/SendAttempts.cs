using EatFast.Payments.Clients;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

/// <summary>
/// Hands recorded charges and refunds to CamPay: the claim is committed before the call. A charge is sent at most once, whoever dies in
/// between leaves one that is only ever asked about; a refund that nobody heard of is said again, under its one reference.
/// </summary>
internal sealed class SendAttempts(
    PaymentsDbContext db, CamPay campay, PhoneCipher cipher, IServiceScopeFactory scopes, TimeProvider clock, ILogger<SendAttempts> logger)
    : IPeriodicWork
{
    private const int BatchSize = 20;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    public async Task RunAsync(CancellationToken ct)
    {
        var claimed = await ClaimAsync(ct);
        if (claimed.Count == 0)
            return;
        var ids = claimed.ConvertAll(attempt => attempt.PaymentId);
        var orders = await db.Payments.Where(payment => ids.Contains(payment.Id))
            .ToDictionaryAsync(row => row.Id, row => row.OrderNumber, ct);
        var payers = await PayersAsync(claimed, ct);
        await Task.WhenAll(claimed.Select(attempt =>
            SendAsync(attempt, orders[attempt.PaymentId], payers[attempt.RefundOf ?? attempt.Id], ct)));
    }

    // Uses ix_payment_attempts_due_at; the version makes a stop that saw the attempt unsent look again.
    private Task<List<Attempt>> ClaimAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Attempts.FromSql($"""
            UPDATE payments.payment_attempts AS claimed
            SET status = 'sending', due_at = {now + Lease}, version = claimed.version + 1
            WHERE claimed.id IN (
                SELECT due.id FROM payments.payment_attempts AS due
                WHERE due.due_at <= {now} AND due.status = 'created'
                ORDER BY due.due_at
                LIMIT {BatchSize}
                FOR UPDATE SKIP LOCKED)
            RETURNING claimed.*
            """).AsNoTracking().ToListAsync(ct);
    }

    // A refund goes to the number that its charge came from.
    private async Task<Dictionary<Guid, string>> PayersAsync(List<Attempt> claimed, CancellationToken ct)
    {
        var charges = claimed.ConvertAll(attempt => attempt.RefundOf ?? attempt.Id);
        return await db.Attempts.Where(attempt => charges.Contains(attempt.Id))
            .ToDictionaryAsync(charge => charge.Id, charge => cipher.Open(charge.SealedPhone!, charge.Id), ct);
    }

    private async Task SendAsync(Attempt attempt, string orderNumber, string phone, CancellationToken ct)
    {
        Failpoint.Reach("payments.before-provider-call");
        // The description ends with the order's number: in CamPay's statement PollAttempts knows it by that.
        var result = attempt.IsCollect
            ? await campay.CollectAsync(phone, attempt.AmountXaf, $"EatFast {orderNumber}", attempt.ExternalReference, ct)
            : await campay.WithdrawAsync(phone, attempt.AmountXaf, $"EatFast remboursement {orderNumber}", attempt.ExternalReference, ct);
        if (attempt.IsCollect)
            Failpoint.Reach("payments.after-provider-call-before-record");
        else
            Failpoint.Reach("payments.refund-after-provider-before-record");
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<AttemptResults>().StoreAsync(attempt, result, ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            logger.LogInformation("Attempt {AttemptId} changed while it was sent; it is asked about soon", attempt.Id);
        }
    }
}
