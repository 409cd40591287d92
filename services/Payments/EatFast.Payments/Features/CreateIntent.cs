using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Payments.Features;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record CreateIntentRequest(
    [property: NotEmpty] Guid OrderId,
    string? Method,
    string? PaymentMethod,
    string? Phone,
    string? PhoneNumber,
    [property: Range(1, 100_000_000_000)] decimal? Amount,
    string? Currency) : IValidatableObject
{
    internal string WantedMethod => Method ?? PaymentMethod ?? PaymentMethods.Stripe;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        PaymentInput.Check(WantedMethod, Phone ?? PhoneNumber, Currency);
}

/// <summary>The mobile client's older name for paying an order; its card sheet names no method and means Stripe.</summary>
internal static class CreateIntent
{
    public static void Map(IEndpointRouteBuilder payments) => payments
        .MapPost("/create-intent", Handle)
        .WithIdempotency<PaymentsDbContext>()
        .WithName(nameof(CreateIntent))
        .WithSummary("Pay an order (older name)");

    internal static Task<Results<Ok<Envelope<PaymentStarted>>, Accepted<Envelope<PaymentStarted>>>> Handle(
        CreateIntentRequest request, HttpContext http, CurrentUser user, Checkout checkout, CancellationToken ct) =>
        checkout.PayAsync(
            http, user, request.OrderId, PaymentMethods.Parse(request.WantedMethod)!, request.Phone ?? request.PhoneNumber, ct);
}
