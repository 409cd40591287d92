using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Messaging;
using EatFast.Payments.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

public sealed record DeclareHandOverRequest([property: Range(1, 1_000_000_000)] long Amount);

public sealed record CountHandOverRequest(
    [property: Range(0, 1_000_000_000)] long Counted, [property: StringLength(200)] string? Note = null);

public sealed record HandOverView(
    Guid HandOverId, Guid DriverId, long Declared, long? Counted, long Shortage, string Status, DateTimeOffset DeclaredAt,
    DateTimeOffset? CountedAt);

public sealed record MyCashResponse(
    long Held, long Shortage, long Ceiling, bool MayTakeCash, string Currency, IReadOnlyList<HandOverView> HandOvers);

/// <summary>A driver hands cash over: the driver declares it and an administrator counts it, so that both have confirmed it.</summary>
internal static class HandOverCash
{
    private const int Recent = 20;

    public static void Map(IEndpointRouteBuilder driver, IEndpointRouteBuilder admin)
    {
        driver.MapGet("/cash", HandleMine).WithName(nameof(HandOverCash)).WithSummary("The cash that I hold");
        driver.MapPost("/cash/handovers", HandleDeclaration).WithIdempotency<PaymentsDbContext>()
            .WithName("DeclareHandOver").WithSummary("I hand cash over");
        admin.MapPost("/cash/handovers/{handOverId:guid}/confirm", HandleCount).WithIdempotency<PaymentsDbContext>().WithName("CountHandOver").WithSummary("Count a driver's cash");
    }

    internal static async Task<Ok<Envelope<MyCashResponse>>> HandleMine(
        CurrentUser user, PaymentsDbContext db, CashCeiling ceiling, CancellationToken ct)
    {
        var (heldXaf, shortXaf) = await db.CashOwedAsync(user.Id, ct);
        var recent = await db.CashHandOvers.AsNoTracking().Where(row => row.DriverId == user.Id)
            .OrderByDescending(row => row.DeclaredAt).Take(Recent).ToListAsync(ct);
        return Answer.Ok(new MyCashResponse(
            heldXaf, shortXaf, ceiling.Xaf, ceiling.Allows(heldXaf + shortXaf), "XAF", recent.ConvertAll(ViewOf)));
    }

    internal static async Task<Ok<Envelope<HandOverView>>> HandleDeclaration(
        DeclareHandOverRequest request, HttpContext http, CurrentUser user, PaymentsDbContext db, TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (heldXaf, shortXaf) = await db.LockCashOwedAsync(user.Id, ct);
        var openXaf = await db.CashHandOvers.Where(row => row.DriverId == user.Id && row.CountedAt == null).SumAsync(row => row.DeclaredXaf, ct);
        // What was short once may be brought later.
        var mostXaf = Math.Max(0, heldXaf + shortXaf - openXaf);
        if (request.Amount > mostXaf)
            throw new RuleViolatedException("CASH_NOT_HELD", ("maximum", mostXaf));
        var handOver = CashHandOver.Declare(user.Id, request.Amount, clock.GetUtcNow());
        var answer = new Envelope<HandOverView>(ViewOf(handOver));
        db.Add(handOver);
        db.Remember(http, StatusCodes.Status200OK, null, answer);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(answer);
    }

    internal static async Task<Ok<Envelope<HandOverView>>> HandleCount(
        Guid handOverId, CountHandOverRequest request, HttpContext http, CurrentUser user, PaymentsDbContext db, TimeProvider clock,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var handOver = await db.CashHandOvers.SingleOrDefaultAsync(row => row.Id == handOverId, ct)
            ?? throw new RuleViolatedException("HANDOVER_NOT_FOUND");
        handOver.Count(request.Counted, user.Id, request.Note, now);
        // Counted twice at once, the second save finds another version.
        var (heldXaf, _) = await db.LockCashOwedAsync(handOver.DriverId, ct);
        db.Book(OwnerBookings.HandedOver(handOver, heldXaf, now));
        db.Announce(new DriverCashMoved(handOver.DriverId, now), handOver.DriverId, now);
        db.RecordAction(
            user, "cash.counted", "hand_over", handOverId, now, ("driver", $"{handOver.DriverId}"), ("declaredXaf", $"{handOver.DeclaredXaf}"),
            ("countedXaf", $"{request.Counted}"));
        var answer = new Envelope<HandOverView>(ViewOf(handOver));
        db.Remember(http, StatusCodes.Status200OK, null, answer);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(answer);
    }

    private static HandOverView ViewOf(CashHandOver row) => new(
        row.Id, row.DriverId, row.DeclaredXaf, row.CountedXaf, row.ShortXaf, row.CountedAt is null ? "declared" : "confirmed", row.DeclaredAt,
        row.CountedAt);
}
