using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Payments.Features;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record PayByCardRequest([property: NotEmpty] Guid OrderId, [property: Range(1, 100_000_000_000)] decimal? Amount, string? Currency);

/// <summary>Pays an order by card through Stripe; the answer's secret is for the payer's device, which alone sees the card.</summary>
internal static class PayByCard
{
    public static void Map(IEndpointRouteBuilder payments) => payments
        .MapPost("/stripe", Handle)
        .WithIdempotency<PaymentsDbContext>()
        .WithName(nameof(PayByCard))
        .WithSummary("Pay an order by card");

    internal static Task<Results<Ok<Envelope<PaymentStarted>>, Accepted<Envelope<PaymentStarted>>>> Handle(
        PayByCardRequest request, HttpContext http, CurrentUser user, Checkout checkout, CancellationToken ct) =>
        checkout.PayAsync(http, user, request.OrderId, PaymentMethods.Stripe, null, ct);
}
