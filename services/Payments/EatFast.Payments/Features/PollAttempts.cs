using EatFast.Payments.Clients;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

/// <summary>How many attempts one run may ask each provider about, and how long a run's turn is: all replicas share the turns.</summary>
internal sealed record PollBudget(int PerRun, TimeSpan Turn);

/// <summary>
/// Asks the providers how attempts ended: nothing else counts as proof, as webhooks can be lost, late or forged.
/// An attempt whose answer was lost is found again in the provider's statement. Each provider has a loop of its own, so that one that
/// hangs holds up nobody else.
/// </summary>
internal sealed class PollAttempts<TProvider>(
    PaymentsDbContext db, TProvider provider, Statements statements, PollBudget budget, IServiceScopeFactory scopes,
    TimeProvider clock, ILogger<PollAttempts<TProvider>> logger)
    : IPeriodicWork where TProvider : IMoneyProvider
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly IReadOnlyDictionary<string, string> NothingListed = new Dictionary<string, string>();

    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        // Uses ix_payment_attempts_due_at: when nothing is due, this one look is all.
        var isDue = await db.Attempts.AnyAsync(
            attempt => attempt.DueAt <= now && attempt.Status != AttemptStatus.Created && attempt.Provider == provider.Name, ct);
        if (isDue && await TakeTurnAsync(now, ct))
            await AskAsync(await ClaimAsync(now, ct), ct);
    }

    // Uses pk_poll_turns: of several replicas one asks in each turn, so that together they stay within the limit.
    internal async Task<bool> TakeTurnAsync(DateTimeOffset now, CancellationToken ct)
    {
        var turn = now.UtcTicks / budget.Turn.Ticks;
        return await db.PollTurns.Where(row => row.Provider == provider.Name && row.Turn != turn)
            .ExecuteUpdateAsync(row => row.SetProperty(taken => taken.Turn, turn), ct) > 0;
    }

    // Uses ix_payment_attempts_due_at. Those that a webhook spoke of come first: they have most likely ended. Those that were given up
    // come last: nobody waits for them, and after a provider's bad hour they are many.
    private Task<List<Attempt>> ClaimAsync(DateTimeOffset now, CancellationToken ct) => db.Attempts.FromSql($"""
        UPDATE payments.payment_attempts AS claimed SET due_at = {now + Lease}
        WHERE claimed.id IN (
            SELECT due.id FROM payments.payment_attempts AS due
            WHERE due.due_at <= {now} AND due.status <> 'created' AND due.provider = {provider.Name}
            ORDER BY due.hinted_reference IS NULL, due.status = 'expired', due.due_at
            LIMIT {budget.PerRun}
            FOR UPDATE SKIP LOCKED)
        RETURNING claimed.*
        """).AsNoTracking().ToListAsync(ct);

    private async Task AskAsync(List<Attempt> claimed, CancellationToken ct)
    {
        var nameless = claimed.FindAll(attempt => (attempt.ProviderReference ?? attempt.HintedReference) is null);
        var told = await ToldAsync(nameless, ct);
        var listed = nameless.Count > told.Count ? await statements.ReadAsync(provider, ct) : NothingListed;
        await Task.WhenAll(claimed.Select(attempt => AskAsync(
            attempt,
            attempt.ProviderReference ?? attempt.HintedReference
                ?? told.GetValueOrDefault(attempt.ExternalReference) ?? listed?.GetValueOrDefault(attempt.ExternalReference),
            listed is null && provider.KeepsStatement,
            ct)));
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

    private async Task AskAsync(Attempt attempt, string? reference, bool isUnlisted, CancellationToken ct)
    {
        var state = reference is null ? null
            : attempt.HintedReference is not null && Defect.Is("webhook-trusted")
                ? new ProviderState(ProviderState.Successful, attempt.AmountXaf, "XAF", attempt.ExternalReference, null)
                : await provider.AskAsync(attempt, reference, ct);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<AttemptResults>()
                .StoreAsync(attempt, reference, state, wasUnanswered: state is null && (reference is not null || isUnlisted), ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            logger.LogInformation("Attempt {AttemptId} changed while it was asked about; it is asked about again", attempt.Id);
        }
    }
}
