using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

public sealed record ListMyPaymentsResponse(IReadOnlyList<PaymentView> Payments, Pagination Pagination);

/// <summary>The caller's own payments, newest first.</summary>
internal static class ListMyPayments
{
    public static void Map(IEndpointRouteBuilder payments)
    {
        payments.MapGet("/", Handle).WithName(nameof(ListMyPayments)).WithSummary("My payments");
        payments.MapGet("/history", Handle).ExcludeFromDescription();
    }

    internal static async Task<Ok<Envelope<ListMyPaymentsResponse>>> Handle(
        [AsParameters] PageQuery page, CurrentUser user, PaymentsDbContext db, CancellationToken ct)
    {
        // Uses ix_payments_customer_id_created_at.
        var mine = db.Payments.AsNoTracking().Where(payment => payment.CustomerId == user.Id && payment.Purpose != PaymentPurpose.Payout);
        var total = await mine.LongCountAsync(ct);
        var found = await mine.OrderByDescending(payment => payment.CreatedAt).ThenBy(payment => payment.Id)
            .Skip(page.Skip).Take(page.Limit).Include(payment => payment.Attempts).ToListAsync(ct);
        return Answer.Ok(new ListMyPaymentsResponse([.. found.Select(PaymentView.Of)], page.Of(total)));
    }
}
