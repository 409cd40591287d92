using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Payments.Features;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record PayByMobileMoneyRequest(
    [property: NotEmpty] Guid OrderId, string? Phone, string? PhoneNumber, [property: Range(1, 100_000_000_000)] decimal? Amount, string? Currency) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        PaymentInput.Check(PaymentMethods.CamPay, Phone ?? PhoneNumber, Currency);
}

/// <summary>Pays an order by mobile money through the named provider, whatever method the order named.</summary>
internal static class PayByMobileMoney
{
    public static void Map(IEndpointRouteBuilder payments)
    {
        payments.MapPost("/campay", HandleCamPay).WithIdempotency<PaymentsDbContext>()
            .WithName(nameof(PayByMobileMoney)).WithSummary("Pay an order by mobile money");
        payments.MapPost("/noupay", HandleNouPay).WithIdempotency<PaymentsDbContext>()
            .WithName("PayByNouPay").WithSummary("Pay an order by mobile money through NouPay");
    }

    internal static Task<Results<Ok<Envelope<PaymentStarted>>, Accepted<Envelope<PaymentStarted>>>> HandleCamPay(
        PayByMobileMoneyRequest request, HttpContext http, CurrentUser user, Checkout checkout, CancellationToken ct) =>
        checkout.PayAsync(http, user, request.OrderId, PaymentMethods.CamPay, request.Phone ?? request.PhoneNumber, ct);

    internal static Task<Results<Ok<Envelope<PaymentStarted>>, Accepted<Envelope<PaymentStarted>>>> HandleNouPay(
        PayByMobileMoneyRequest request, HttpContext http, CurrentUser user, Checkout checkout, CancellationToken ct) =>
        checkout.PayAsync(http, user, request.OrderId, PaymentMethods.NouPay, request.Phone ?? request.PhoneNumber, ct);
}
