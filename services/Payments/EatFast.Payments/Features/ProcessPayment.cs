using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Payments.Features;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ProcessPaymentRequest(
    [property: NotEmpty] Guid OrderId,
    string? Method,
    string? PaymentMethod,
    string? Phone,
    string? PhoneNumber,
    [property: Range(1, 100_000_000_000)] decimal? Amount,
    string? Currency) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        PaymentInput.Check(Method ?? PaymentMethod, Phone ?? PhoneNumber, Currency);
}

/// <summary>A customer pays an order by a method of choice; a given amount is only checked for form, the order's own is charged.</summary>
internal static class ProcessPayment
{
    public static void Map(IEndpointRouteBuilder payments) => payments
        .MapPost("/process", Handle)
        .WithIdempotency<PaymentsDbContext>()
        .WithName(nameof(ProcessPayment))
        .WithSummary("Pay an order");

    internal static Task<Results<Ok<Envelope<PaymentStarted>>, Accepted<Envelope<PaymentStarted>>>> Handle(
        ProcessPaymentRequest request, HttpContext http, CurrentUser user, Checkout checkout, CancellationToken ct) =>
        checkout.PayAsync(
            http,
            user,
            request.OrderId,
            PaymentMethods.Parse(request.Method ?? request.PaymentMethod)!,
            request.Phone ?? request.PhoneNumber,
            ct);
}
