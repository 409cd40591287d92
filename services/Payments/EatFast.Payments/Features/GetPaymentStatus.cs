using EatFast.Errors;
using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

/// <summary>What a payer's app asks every few seconds; only the payer and the operators may.</summary>
internal static class GetPaymentStatus
{
    public static void Map(IEndpointRouteBuilder payments)
    {
        payments.MapGet("/status/{paymentId:guid}", Handle).WithName(nameof(GetPaymentStatus)).WithSummary("How a payment stands");
        payments.MapGet("/{paymentId:guid}", Handle).WithName("GetPayment").WithSummary("A payment");
    }

    internal static async Task<Ok<Envelope<PaymentView>>> Handle(
        Guid paymentId, CurrentUser user, PaymentsDbContext db, CancellationToken ct)
    {
        var payment = await db.Payments.AsNoTracking().Include(row => row.Attempts)
            .SingleOrDefaultAsync(row => row.Id == paymentId && (user.IsAdmin || row.CustomerId == user.Id), ct);
        return Answer.Ok(PaymentView.Of(payment ?? throw new RuleViolatedException("PAYMENT_NOT_FOUND")));
    }
}
