using EatFast.Http;
using EatFast.Payments.Clients;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Payments.Features;

public sealed record PaymentMethodView(
    string Type, string Provider, string Name, long Minimum, long Maximum, long Fee, string Currency, IReadOnlyList<string> Operators);

public sealed record ListPaymentMethodsResponse(IReadOnlyList<PaymentMethodView> Methods, IReadOnlyList<SavedMethodView> SavedMethods);

/// <summary>The methods that this caller can use now, and what a customer saved; payers are charged no fee for any of them.</summary>
internal static class ListPaymentMethods
{
    public static void Map(IEndpointRouteBuilder payments) => payments
        .MapGet("/methods", Handle)
        .AllowAnonymous()
        .WithName(nameof(ListPaymentMethods))
        .WithSummary("Usable payment methods");

    internal static async Task<Ok<Envelope<ListPaymentMethodsResponse>>> Handle(
        HttpContext http, Operators operators, UsableMethods usable, PaymentLimits limits, CashRisk risk, SavedMethods saved)
    {
        var user = CurrentUser.From(http.User);
        // Nothing is said of the session, so it need not be a living one.
        var isGuest = user is null && http.Request.Headers.ContainsKey(GuestSessions.Header);
        var isEnglish = Language.Of(http) == Language.English;
        PaymentMethodView[] methods =
        [
            new(PaymentMethods.CamPay, PaymentMethods.CamPay, isEnglish ? "Mobile money (MTN, Orange)" : "Mobile Money (MTN, Orange)",
                limits.CamPayMinimumXaf, limits.CamPayMaximumXaf, 0, "XAF", [.. operators.Names]),
            new(PaymentMethods.NouPay, PaymentMethods.NouPay, isEnglish ? "Mobile money through NouPay" : "Mobile Money par NouPay",
                limits.NouPayMinimumXaf, limits.NouPayMaximumXaf, 0, "XAF", [.. operators.Names]),
            new(PaymentMethods.Stripe, PaymentMethods.Stripe, isEnglish ? "Bank card" : "Carte bancaire",
                limits.CardMinimumXaf, limits.CardMaximumXaf, 0, "XAF", []),
            new(PaymentMethods.Wallet, PaymentMethods.Wallet, isEnglish ? "EatFast wallet" : "Portefeuille EatFast",
                0, limits.CamPayMaximumXaf, 0, "XAF", []),
            new(PaymentMethods.Cash, PaymentMethods.Cash, isEnglish ? "Cash on delivery" : "Espèces à la livraison",
                0, risk.MaximumXaf, 0, "XAF", [])
        ];
        return Answer.Ok(new ListPaymentMethodsResponse(
            [.. methods.Where(method => usable.Has(method.Type, isGuest))],
            user is null ? [] : await saved.ListAsync(user.Id, http.RequestAborted)));
    }
}
