using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

public sealed record BreakView(
    Guid Id, string Kind, string Provider, string Subject, Guid? PaymentId, long ExpectedXaf, long ActualXaf, string Owner, string? Note,
    DateTimeOffset FoundAt, long AgeSeconds, DateTimeOffset? ResolvedAt, string? Resolution);

public sealed record LastRunView(DateTimeOffset StartedAt, int Movements, int Orders, int Breaks);

public sealed record ReviewReconciliationResponse(IReadOnlyList<BreakView> Breaks, LastRunView? LastRun, Pagination Pagination);

public sealed record ReviewReconciliationQuery(
    [property: FromQuery(Name = "status"), AllowedValues(null, "open", "resolved", "all")] string? Status = null);

public sealed record DecideBreakRequest(
    [property: StringLength(100, MinimumLength = 1)] string? Owner = null,
    [property: StringLength(500)] string? Note = null,
    bool Resolved = false);

/// <summary>The breaks between statements, ledger and orders, and disputed card charges, oldest first; an administrator names who clears one up, or closes it.</summary>
internal static class ReviewReconciliation
{
    public static void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/reconciliation", HandleList).WithName(nameof(ReviewReconciliation)).WithSummary("Breaks between the books");
        admin.MapPost("/reconciliation/run", HandleRun).WithName("RunReconciliation").WithSummary("Reconcile now");
        admin.MapPost("/reconciliation/{breakId:guid}/recheck", HandleRecheck).WithName("RecheckBreak").WithSummary("Ask the provider again");
        admin.MapPatch("/reconciliation/{breakId:guid}", HandleDecision).WithName("DecideBreak").WithSummary("Assign or close a break");
    }

    internal static async Task<Ok<Envelope<ReviewReconciliationResponse>>> HandleList(
        [AsParameters] PageQuery page, [AsParameters] ReviewReconciliationQuery query, PaymentsDbContext db, TimeProvider clock,
        CancellationToken ct)
    {
        var rows = db.ReconciliationBreaks.AsNoTracking();
        rows = query.Status switch
        {
            "all" => rows,
            "resolved" => rows.Where(row => row.ResolvedAt != null),
            _ => rows.Where(row => row.ResolvedAt == null)
        };
        var total = await rows.LongCountAsync(ct);
        var found = await rows.OrderBy(row => row.FoundAt).ThenBy(row => row.Id).Skip(page.Skip).Take(page.Limit).ToListAsync(ct);
        var last = await db.ReconciliationRuns.AsNoTracking().OrderByDescending(run => run.StartedAt).FirstOrDefaultAsync(ct);
        return Answer.Ok(new ReviewReconciliationResponse(
            found.ConvertAll(row => ViewOf(row, clock.GetUtcNow())), last is null ? null : ViewOf(last), page.Of(total)));
    }

    internal static async Task<Ok<Envelope<LastRunView>>> HandleRun(
        CurrentUser admin, PaymentsDbContext db, Reconciliation reconciliation, CardDisputes disputes, TimeProvider clock,
        CancellationToken ct)
    {
        db.RecordAction(admin, "reconciliation.run", "reconciliation", null, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await disputes.FollowAllAsync(ct);
        return Answer.Ok(ViewOf(await reconciliation.RunAsync(ct)));
    }

    internal static async Task<Ok<Envelope<BreakView>>> HandleDecision(
        Guid breakId, DecideBreakRequest request, CurrentUser admin, PaymentsDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var row = await db.ReconciliationBreaks.SingleOrDefaultAsync(known => known.Id == breakId, ct)
            ?? throw new RuleViolatedException("BREAK_NOT_FOUND");
        var now = clock.GetUtcNow();
        row.Assign(request.Owner, request.Note, request.Resolved, now);
        db.RecordAction(
            admin, request.Resolved ? "reconciliation.resolved" : "reconciliation.assigned", "break", breakId, now, ("kind", row.Kind),
            ("owner", request.Owner));
        await db.SaveChangesAsync(ct);
        return Answer.Ok(ViewOf(row, clock.GetUtcNow()));
    }

    // What the provider says then, it says to the one state machine; the next reconciliation sees what came of it.
    internal static async Task<Ok<Envelope<BreakView>>> HandleRecheck(
        Guid breakId, CurrentUser admin, PaymentsDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var row = await db.ReconciliationBreaks.SingleOrDefaultAsync(known => known.Id == breakId, ct)
            ?? throw new RuleViolatedException("BREAK_NOT_FOUND");
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Uses ix_payment_attempts_payment_id.
        var asked = await db.Attempts.Where(attempt => attempt.PaymentId == row.PaymentId && attempt.EndedAt == null)
            .ExecuteUpdateAsync(attempt => attempt.SetProperty(due => due.DueAt, now), ct);
        if (asked == 0)
            throw new RuleViolatedException("BREAK_NOT_ASKABLE");
        db.RecordAction(admin, "reconciliation.rechecked", "break", breakId, now, ("kind", row.Kind));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer.Ok(ViewOf(row, now));
    }

    private static LastRunView ViewOf(ReconciliationRun run) => new(run.StartedAt, run.Movements, run.Orders, run.Breaks);

    private static BreakView ViewOf(ReconciliationBreak row, DateTimeOffset now) => new(
        row.Id, row.Kind, row.Provider, row.Subject, row.PaymentId, row.ExpectedXaf, row.ActualXaf, row.Owner, row.Note, row.FoundAt,
        (long)((row.ResolvedAt ?? now) - row.FoundAt).TotalSeconds, row.ResolvedAt, row.Resolution);
}
