using EatFast.Payments.Clients;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

/// <summary>
/// Hands recorded charges and refunds to their providers: the claim is committed before the call. A charge is sent at most once, whoever dies in
/// between leaves one that is only ever asked about; a refund that nobody heard of is said again, under its one reference.
/// </summary>
internal sealed class SendAttempts(
    PaymentsDbContext db, MoneyProviders providers, PhoneCipher cipher, IServiceScopeFactory scopes, TimeProvider clock, ILogger<SendAttempts> logger)
    : IPeriodicWork
{
    private const int BatchSize = 100;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    public async Task RunAsync(CancellationToken ct)
    {
        var claimed = await ClaimAsync(ct);
        if (claimed.Count == 0)
            return;
        var ids = claimed.ConvertAll(attempt => attempt.PaymentId);
        var orders = await db.Payments.Where(payment => ids.Contains(payment.Id))
            .ToDictionaryAsync(row => row.Id, row => row.OrderNumber, ct);
        var charges = await ChargesAsync(claimed, ct);
        await Task.WhenAll(claimed.Select(attempt =>
            SendAsync(attempt, orders[attempt.PaymentId], charges[attempt.RefundOf ?? attempt.Id], ct)));
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

    // A refund goes to where its charge came from.
    private async Task<Dictionary<Guid, Attempt>> ChargesAsync(List<Attempt> claimed, CancellationToken ct)
    {
        var charges = claimed.ConvertAll(attempt => attempt.RefundOf ?? attempt.Id);
        return await db.Attempts.AsNoTracking().Where(charge => charges.Contains(charge.Id)).ToDictionaryAsync(charge => charge.Id, ct);
    }

    private async Task SendAsync(Attempt attempt, string orderNumber, Attempt charge, CancellationToken ct)
    {
        var phone = charge.SealedPhone is { } box ? cipher.Open(box, charge.Id) : null;
        var what = attempt.Kind == AttemptKind.Refund ? $"EatFast remboursement {orderNumber}" : $"EatFast {orderNumber}";
        var order = new MoneyOrder(attempt, phone, what, charge.ProviderReference) { ChargedXaf = charge.BroughtXaf };
        var provider = providers.Of(attempt);
        Failpoint.Reach("payments.before-provider-call");
        var result = attempt.IsCollect ? await provider.CollectAsync(order, ct) : await provider.SendAsync(order, ct);
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
