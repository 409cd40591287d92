using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Payments.Features;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record PayFromWalletRequest([property: NotEmpty] Guid OrderId, [property: Range(1, 100_000_000_000)] decimal? Amount);

/// <summary>Pays an order from the wallet, at once; the order's own amount is taken, whatever the request says.</summary>
internal static class PayFromWallet
{
    public static void Map(IEndpointRouteBuilder wallet) => wallet
        .MapPost("/pay", Handle)
        .WithIdempotency<PaymentsDbContext>()
        .WithName(nameof(PayFromWallet))
        .WithSummary("Pay an order from my wallet");

    internal static Task<Results<Ok<Envelope<PaymentStarted>>, Accepted<Envelope<PaymentStarted>>>> Handle(
        PayFromWalletRequest request, HttpContext http, CurrentUser user, Checkout checkout, CancellationToken ct) =>
        checkout.PayAsync(http, user, request.OrderId, PaymentMethods.Wallet, null, ct);
}
