using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ConfirmPaymentRequest([property: StringLength(200)] string? PaymentIntentId, Guid? PaymentId, Guid? OrderId)
    : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PaymentId is null && OrderId is null && string.IsNullOrWhiteSpace(PaymentIntentId))
            yield return new ValidationResult("Name the payment: paymentId, orderId or paymentIntentId.", ["PaymentId"]);
    }
}

/// <summary>The payer is back from the provider. That proves nothing about money: the provider is asked at once instead of later.</summary>
internal static class ConfirmPayment
{
    public static void Map(IEndpointRouteBuilder payments) => payments
        .MapPost("/confirm", Handle)
        .WithName(nameof(ConfirmPayment))
        .WithSummary("I am back from the provider");

    internal static async Task<Ok<Envelope<PaymentView>>> Handle(
        ConfirmPaymentRequest request, CurrentUser user, PaymentsDbContext db, TimeProvider clock, CancellationToken ct)
    {
        // Uses ix_payments_order_id or the primary keys of both tables.
        var mine = db.Payments.AsNoTracking().Where(payment => payment.CustomerId == user.Id);
        mine = (request.PaymentId, request.OrderId) switch
        {
            ({ } paymentId, _) => mine.Where(payment => payment.Id == paymentId),
            (_, { } orderId) => mine.Where(payment => payment.OrderId == orderId),
            _ => mine.Where(payment => payment.Attempts.Any(attempt => attempt.ProviderReference == request.PaymentIntentId))
        };
        var payment = await mine.Include(row => row.Attempts).SingleOrDefaultAsync(ct) ?? throw new RuleViolatedException("PAYMENT_NOT_FOUND");
        var now = clock.GetUtcNow();
        await db.Attempts
            .Where(attempt => attempt.PaymentId == payment.Id && attempt.Kind == AttemptKind.Collect && attempt.EndedAt == null)
            .Where(attempt => attempt.Status == AttemptStatus.Processing || attempt.Status == AttemptStatus.Unknown
                || (attempt.Status == AttemptStatus.Expired && attempt.DueAt != null))
            .Where(attempt => attempt.DueAt == null || attempt.DueAt > now)
            .ExecuteUpdateAsync(asked => asked.SetProperty(row => row.DueAt, now), ct);
        return Answer.Ok(PaymentView.Of(payment));
    }
}
