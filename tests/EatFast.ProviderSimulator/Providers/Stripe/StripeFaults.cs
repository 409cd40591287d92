using EatFast.ProviderSimulator.Control;
using EatFast.ProviderSimulator.Providers.CamPay;
using EatFast.ProviderSimulator.State;

namespace EatFast.ProviderSimulator.Providers.Stripe;

/// <summary>
/// What can go wrong with Stripe. It knows no phone, so a fault is ordered for an order: the last word of the charge's description,
/// which its refunds inherit. A failure of a call with a key is kept under it, so it is suffered inside, where answers are kept.
/// </summary>
internal sealed class StripeFaults(FaultBoard board, CamPayOptions pace, StripeLedger ledger, TimeProvider clock)
{
    public const string Provider = "stripe";
    public const string Intent = "intent";
    public const string Refund = "refund";
    public const string Change = "change";
    public const string Read = "read";
    public const string Dispute = "dispute";

    /// <summary>The work is done, and the answer is a failure all the same.</summary>
    public const string DoneWithError500 = "done_with_error500";

    public static readonly FaultMenu Menu = new(Provider, [.. MovementFaults.WithWebhooks, DoneWithError500], [Intent, Refund, Change, Read, Dispute])
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
        var (order, endpoint) = SubjectOf(http, form);
        if (endpoint is Intent or Refund)
            ScriptedFaults.Order(http, board, Provider, order, endpoint, Menu.Kinds, number: form["amount"].ToString());
        return await new AnswerFaults(pace.HangMs, pace.SlowAnswerMs, clock)
            .AroundAsync(http, kind => (isGet || kind != AnswerFaults.Error500) && Strikes(kind, order, endpoint), call);
    }

    /// <summary>What was ordered for this call and its answer under a key.</summary>
    public Predicate<string> Of(HttpContext http, IFormCollection form)
    {
        var (order, endpoint) = SubjectOf(http, form);
        return kind => Strikes(kind, order, endpoint);
    }

    private (string Order, string Endpoint) SubjectOf(HttpContext http, IFormCollection form) => (
        OrderOf(
            http.GetRouteValue("id")?.ToString() ?? $"{form["payment_intent"]}{http.Request.Query["payment_intent"]}",
            form["description"].ToString()),
        HttpMethods.IsGet(http.Request.Method) ? Read : EndpointOf(http.Request.Path.Value!));

    private static string EndpointOf(string path) =>
        path.EndsWith("/refunds", StringComparison.Ordinal) ? Refund
        : path.EndsWith("/payment_intents", StringComparison.Ordinal) ? Intent : Change;

    private string OrderOf(string id, string description) =>
        ledger.Find(id)?.Order ?? ledger.FindRefund(id)?.Order ?? StripeIntent.OrderIn(description);
}
