using EatFast.Payments.Clients;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

/// <summary>How many attempts one run may ask about.</summary>
internal sealed record PollBudget(int PerRun);

/// <summary>Asks CamPay how attempts ended: nothing else counts as proof, as webhooks can be lost, late or forged.</summary>
internal sealed class PollAttempts(
    PaymentsDbContext db, CamPay campay, PollBudget budget, IServiceScopeFactory scopes, TimeProvider clock, ILogger<PollAttempts> logger)
    : IPeriodicWork
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    public async Task RunAsync(CancellationToken ct)
    {
        var claimed = await ClaimAsync(ct);
        var nameless = claimed.FindAll(attempt => (attempt.ProviderReference ?? attempt.HintedReference) is null);
        var told = await ToldAsync(nameless, ct);
        var found = await FindAsync(nameless.FindAll(attempt => !told.ContainsKey(attempt.ExternalReference)), ct);
        await Task.WhenAll(claimed.Select(attempt => found.TryGetValue(attempt.Id, out var answer)
            ? StoreAsync(attempt, answer.Reference, answer.State, ct)
            : AskAsync(
                attempt, attempt.ProviderReference ?? attempt.HintedReference ?? told.GetValueOrDefault(attempt.ExternalReference), ct)));
    }

    // Uses ix_payment_attempts_due_at. Those that a webhook spoke of come first: they have most likely ended.
    private Task<List<Attempt>> ClaimAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Attempts.FromSql($"""
            UPDATE payments.payment_attempts AS claimed SET due_at = {now + Lease}
            WHERE claimed.id IN (
                SELECT due.id FROM payments.payment_attempts AS due
                WHERE due.due_at <= {now} AND due.status <> 'created'
                ORDER BY due.hinted_reference IS NULL, due.due_at
                LIMIT {budget.PerRun}
                FOR UPDATE SKIP LOCKED)
            RETURNING claimed.*
            """).AsNoTracking().ToListAsync(ct);
    }

    // A webhook may have named the reference while the attempt waited to be sent again; uses ix_webhook_events_external_reference.
    private async Task<Dictionary<string, string>> ToldAsync(List<Attempt> nameless, CancellationToken ct)
    {
        if (nameless.Count == 0)
            return [];
        var ours = nameless.ConvertAll(attempt => attempt.ExternalReference);
        var told = await db.WebhookEvents.Where(row => ours.Contains(row.ExternalReference!)).ToListAsync(ct);
        return told.GroupBy(row => row.ExternalReference!).ToDictionary(rows => rows.Key, rows => rows.First().Reference);
    }

    // Neither answer nor webhook named the transaction. CamPay's statement does, once it has ended, but without our reference: whatever could
    // be ours is asked about, and only a transaction that carries our reference is.
    private async Task<Dictionary<Guid, (string Reference, ProviderState State)>> FindAsync(List<Attempt> nameless, CancellationToken ct)
    {
        var found = new Dictionary<Guid, (string, ProviderState)>();
        if (nameless.Count == 0)
            return found;
        var since = DayOf(nameless.Min(attempt => attempt.CreatedAt)).AddDays(-1);
        var lines = await campay.ListAsync(since, DayOf(clock.GetUtcNow()).AddDays(1), ct);
        var ids = nameless.ConvertAll(attempt => attempt.PaymentId);
        var orders = await db.Payments.Where(payment => ids.Contains(payment.Id)).ToDictionaryAsync(row => row.Id, row => row.OrderNumber, ct);
        foreach (var attempt in nameless)
            foreach (var line in lines.Where(line => line.AmountXaf == attempt.AmountXaf
                && line.Description.EndsWith(orders[attempt.PaymentId], StringComparison.OrdinalIgnoreCase)))
                if (await campay.AskAsync(line.Reference, ct) is { } state && state.ExternalReference == attempt.ExternalReference)
                    found[attempt.Id] = (line.Reference, state);
        return found;
    }

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private async Task AskAsync(Attempt attempt, string? reference, CancellationToken ct)
    {
        var state = reference is null ? null
            : attempt.HintedReference is not null && Defect.Is("webhook-trusted")
                ? new ProviderState(ProviderState.Successful, attempt.AmountXaf, "XAF", attempt.ExternalReference, null)
                : await campay.AskAsync(reference, ct);
        await StoreAsync(attempt, reference, state, ct);
    }

    private async Task StoreAsync(Attempt attempt, string? reference, ProviderState? state, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<AttemptResults>().StoreAsync(attempt, reference, state, ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            logger.LogInformation("Attempt {AttemptId} changed while it was asked about; it is asked about again", attempt.Id);
        }
    }
}
