using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Payments.Features;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record TopUpWalletRequest(
    [property: Range(1, 1_000_000_000)] decimal Amount, string? PaymentMethod, string? Method, string? PhoneNumber, string? Phone)
    : IValidatableObject
{
    internal string? Wanted => PaymentMethods.Parse(Method ?? PaymentMethod ?? PaymentMethods.CamPay);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Amount != decimal.Truncate(Amount))
            yield return new ValidationResult("The franc has no cents.", ["Amount"]);
        if (Wanted is PaymentMethods.Cash or PaymentMethods.Wallet)
            yield return new ValidationResult("A wallet is filled through a provider: campay, noupay or stripe.", ["PaymentMethod"]);
        foreach (var complaint in PaymentInput.Check(Wanted, Phone ?? PhoneNumber, null))
            yield return complaint;
    }
}

public sealed record TopUpWalletResponse(Guid TransactionId, Guid Reference, string? PaymentUrl, PaymentStarted Payment);

/// <summary>Money for one's own wallet: always through a provider, and credited when the provider itself says that it came.</summary>
internal static class TopUpWallet
{
    public static void Map(IEndpointRouteBuilder wallet) => wallet
        .MapPost("/topup", Handle)
        .WithIdempotency<PaymentsDbContext>()
        .WithName(nameof(TopUpWallet))
        .WithSummary("Fill my wallet");

    internal static async Task<Accepted<Envelope<TopUpWalletResponse>>> Handle(
        TopUpWalletRequest request, HttpContext http, CurrentUser user, PaymentsDbContext db, TopUps topUps)
    {
        var started = await topUps.StartAsync(http, user.Id, (long)request.Amount, request.Wanted!, request.Phone ?? request.PhoneNumber);
        var answer = new Envelope<TopUpWalletResponse>(new TopUpWalletResponse(started.PaymentId, started.OrderId, null, started));
        // A card's answer without its secret is none to keep: nobody can pay with it.
        if (started.Method != PaymentMethods.Stripe || started.ClientSecret is not null)
            db.Remember(http, StatusCodes.Status202Accepted, null, answer);
        await db.SaveChangesAsync(http.RequestAborted);
        return TypedResults.Accepted((string?)null, answer);
    }
}
