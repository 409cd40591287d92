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

public sealed record OrderPayoutRequest(
    [property: Required, AllowedValues("restaurant", "driver")] string OwnerKind,
    [property: NotEmpty] Guid OwnerId,
    [property: Range(1, 1_000_000_000)] long Amount,
    [property: Required] string Phone,
    [property: StringLength(200)] string? Description = null) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MobileNumber.Parse(Phone) is null)
            yield return new ValidationResult("Give a Cameroonian mobile number such as +237677777777.", ["Phone"]);
    }
}

public sealed record RejectPayoutRequest([property: Required, StringLength(200, MinimumLength = 1)] string Reason);

public sealed record ReviewPayoutsQuery([property: FromQuery(Name = "status"), StringLength(30)] string? Status = null);

public sealed record ReviewPayoutsResponse(IReadOnlyList<PayoutView> Payouts, Pagination Pagination);

/// <summary>Administrators pay owners out and decide about large payouts; nobody approves what he asked for himself.</summary>
internal static class ReviewPayouts
{
    public static void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/payouts", HandleList).WithName(nameof(ReviewPayouts)).WithSummary("Payouts");
        admin.MapPost("/payouts", HandleOrder).WithIdempotency<PaymentsDbContext>().WithName("OrderPayout").WithSummary("Pay an owner out");
        admin.MapPost("/payouts/{payoutId:guid}/approve", HandleApproval).WithIdempotency<PaymentsDbContext>()
            .WithName("ApprovePayout").WithSummary("Approve a large payout");
        admin.MapPost("/payouts/{payoutId:guid}/reject", HandleRejection).WithIdempotency<PaymentsDbContext>()
            .WithName("RejectPayout").WithSummary("Give a payout back");
    }

    internal static async Task<Ok<Envelope<ReviewPayoutsResponse>>> HandleList(
        [AsParameters] PageQuery page, [AsParameters] ReviewPayoutsQuery query, PaymentsDbContext db, CancellationToken ct)
    {
        var rows = db.Payouts.AsNoTracking().Where(row => query.Status == null || row.Status == query.Status);
        var total = await rows.LongCountAsync(ct);
        var found = await rows.OrderByDescending(row => row.RequestedAt).ThenBy(row => row.Id).Skip(page.Skip).Take(page.Limit).ToListAsync(ct);
        return Answer.Ok(new ReviewPayoutsResponse(found.ConvertAll(PayoutView.Of), page.Of(total)));
    }

    internal static async Task<Accepted<Envelope<PayoutView>>> HandleOrder(
        OrderPayoutRequest request, HttpContext http, CurrentUser user, Payouts payouts) =>
        TypedResults.Accepted((string?)null, await payouts.RequestAsync(
            http,
            request.OwnerKind == "restaurant" ? Accounts.RestaurantPayable : Accounts.DriverEarning,
            request.OwnerId,
            user.Id,
            request.Amount,
            request.Phone,
            request.Description));

    internal static async Task<Ok<Envelope<PayoutView>>> HandleApproval(
        Guid payoutId, HttpContext http, CurrentUser user, PaymentsDbContext db, Payouts payouts, TimeProvider clock, CancellationToken ct)
    {
        var (payout, now) = (await FindAsync(payoutId, db, ct), clock.GetUtcNow());
        payout.Approve(user.Id, now);
        // In one save with the approval, whose version lets one of two approvals win.
        payouts.Send(payout, now);
        payouts.Record(user, "payout.approved", payout, now);
        return await SaveAsync(http, payout, db, ct);
    }

    internal static async Task<Ok<Envelope<PayoutView>>> HandleRejection(
        Guid payoutId, RejectPayoutRequest request, HttpContext http, CurrentUser user, PaymentsDbContext db, Payouts payouts,
        TimeProvider clock, CancellationToken ct)
    {
        var (payout, now) = (await FindAsync(payoutId, db, ct), clock.GetUtcNow());
        payout.Reject(user.Id, request.Reason, now);
        db.Add(OwnerBookings.Returned(payout, now));
        payouts.Record(user, "payout.rejected", payout, now);
        return await SaveAsync(http, payout, db, ct);
    }

    private static async Task<Ok<Envelope<PayoutView>>> SaveAsync(HttpContext http, Payout payout, PaymentsDbContext db, CancellationToken ct)
    {
        var answer = new Envelope<PayoutView>(PayoutView.Of(payout));
        db.Remember(http, StatusCodes.Status200OK, null, answer);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(answer);
    }

    private static async Task<Payout> FindAsync(Guid payoutId, PaymentsDbContext db, CancellationToken ct) =>
        await db.Payouts.SingleOrDefaultAsync(row => row.Id == payoutId, ct) ?? throw new RuleViolatedException("PAYOUT_NOT_FOUND");
}
