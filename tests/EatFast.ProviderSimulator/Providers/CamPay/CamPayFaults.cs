using EatFast.ProviderSimulator.State;

namespace EatFast.ProviderSimulator.Providers.CamPay;

/// <summary>What can go wrong with CamPay. Those of the answer hit a call; those of the webhook and the amount hit the movement.</summary>
internal sealed class CamPayFaults(FaultBoard board, CamPayOptions options, TimeProvider clock)
{
    public const string Provider = "campay";
    public const string WebhookNever = "webhook_never";
    public const string WebhookLate = "webhook_late";
    public const string WebhookTwice = "webhook_twice";
    public const string WebhookFiveTimes = "webhook_five_times";
    public const string WebhookOutOfOrder = "webhook_out_of_order";
    public const string WebhookBeforeAnswer = "webhook_before_answer";
    public const string BadSignature = "bad_signature";
    public const string OtherAmount = "other_amount";

    public static readonly IReadOnlyList<string> Kinds =
    [
        AnswerFaults.Timeout, AnswerFaults.Error500, AnswerFaults.LostAnswer, AnswerFaults.Slow,
        WebhookNever, WebhookLate, WebhookTwice, WebhookBeforeAnswer, BadSignature, OtherAmount, WebhookFiveTimes, WebhookOutOfOrder,
    ];

    public static readonly IReadOnlyList<string> Endpoints =
        [CamPayEndpoint.Collect, CamPayEndpoint.Withdraw, CamPayEndpoint.Transaction];

    public bool Strikes(string kind, CamPayTransaction transaction) => Strikes(kind, transaction.Phone, transaction.Endpoint);

    public bool Strikes(string kind, string phone, string endpoint) =>
        // A read suffers only what was ordered for reads: else a poll would use up what was meant for a movement.
        board.Take(Provider, phone, endpoint, kind, mustBeNamed: endpoint == CamPayEndpoint.Transaction);

    /// <summary>Runs a call through what was ordered for it.</summary>
    public async Task<IResult> AroundAsync(HttpContext http, string phone, string endpoint, Func<Task<IResult>> call)
    {
        if (endpoint != CamPayEndpoint.Transaction)
            ScriptedFaults.Order(http, board, Provider, phone, endpoint, Kinds);
        return await new AnswerFaults(options.HangMs, options.SlowAnswerMs, clock)
            .AroundAsync(http, kind => Strikes(kind, phone, endpoint), call);
    }
}
