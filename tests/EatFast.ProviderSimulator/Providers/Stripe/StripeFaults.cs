using EatFast.ProviderSimulator.Control;
using EatFast.ProviderSimulator.Providers.CamPay;
using EatFast.ProviderSimulator.State;

namespace EatFast.ProviderSimulator.Providers.Stripe;

/// <summary>
/// What can go wrong with Stripe. It knows no phone, so a fault is ordered for an order: the last word of the charge's description,
/// which its refunds inherit.
/// </summary>
internal sealed class StripeFaults(FaultBoard board, CamPayOptions pace, StripeLedger ledger, TimeProvider clock)
{
    public const string Provider = "stripe";
    public const string Intent = "intent";
    public const string Refund = "refund";
    public const string Change = "change";
    public const string Read = "read";
    public const string Dispute = "dispute";

    public static readonly FaultMenu Menu = new(Provider, MovementFaults.WithWebhooks, [Intent, Refund, Change, Read, Dispute])
    {
        Who = "order",
        WhoIs = "The last word of the charge's description, or * for every order.",
        IsWho = who => who is { Length: > 0 and <= 100 },
        Default = FaultBoard.AnyPhone,
    };

    public bool Strikes(string kind, string order, string endpoint) =>
        board.Take(Provider, order, endpoint, kind, mustBeNamed: endpoint is Change or Read or Dispute);

    public Predicate<string> Of(StripeIntent intent) => kind => Strikes(kind, intent.Order, Intent);

    public Predicate<string> Of(StripeRefund refund) => kind => Strikes(kind, refund.Order, Refund);

    /// <summary>Runs a call through what was ordered for it.</summary>
    public async Task<IResult> AroundAsync(HttpContext http, Func<Task<IResult>> call)
    {
        var isGet = HttpMethods.IsGet(http.Request.Method);
        var form = isGet ? FormCollection.Empty : await http.Request.ReadFormAsync(http.RequestAborted);
        var endpoint = isGet ? Read : EndpointOf(http.Request.Path.Value!);
        var order = OrderOf(http.GetRouteValue("id")?.ToString() ?? form["payment_intent"].ToString(), form["description"].ToString());
        if (endpoint is Intent or Refund)
            ScriptedFaults.Order(http, board, Provider, order, endpoint, Menu.Kinds, number: form["amount"].ToString());
        return await new AnswerFaults(pace.HangMs, pace.SlowAnswerMs, clock)
            .AroundAsync(http, kind => Strikes(kind, order, endpoint), call);
    }

    private static string EndpointOf(string path) =>
        path.EndsWith("/refunds", StringComparison.Ordinal) ? Refund
        : path.EndsWith("/payment_intents", StringComparison.Ordinal) ? Intent : Change;

    private string OrderOf(string id, string description) =>
        ledger.Find(id)?.Order ?? ledger.FindRefund(id)?.Order ?? StripeIntent.OrderIn(description);
}
