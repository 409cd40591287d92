using EatFast.ProviderSimulator.State;

namespace EatFast.ProviderSimulator.Providers.CamPay;

/// <summary>What can go wrong with CamPay. Those of the answer hit a call; those of the webhook and the amount hit the movement.</summary>
internal sealed class CamPayFaults(FaultBoard board, CamPayOptions options, TimeProvider clock)
{
    public const string Provider = "campay";
    public const string Timeout = "timeout";
    public const string Error500 = "error500";
    public const string LostAnswer = "lost_answer";
    public const string Slow = "slow";
    public const string WebhookNever = "webhook_never";
    public const string WebhookLate = "webhook_late";
    public const string WebhookTwice = "webhook_twice";
    public const string WebhookBeforeAnswer = "webhook_before_answer";
    public const string BadSignature = "bad_signature";
    public const string OtherAmount = "other_amount";

    public static readonly IReadOnlyList<string> Kinds =
    [
        Timeout, Error500, LostAnswer, Slow, WebhookNever, WebhookLate, WebhookTwice, WebhookBeforeAnswer, BadSignature, OtherAmount,
    ];

    public static readonly IReadOnlyList<string> Endpoints =
        [CamPayEndpoint.Collect, CamPayEndpoint.Withdraw, CamPayEndpoint.Transaction];

    public bool Strikes(string kind, CamPayTransaction transaction) => Strikes(kind, transaction.Phone, transaction.Endpoint);

    public bool Strikes(string kind, string phone, string endpoint) =>
        // A read suffers only what was ordered for reads: else a poll would use up what was meant for a movement.
        board.Take(Provider, phone, endpoint, kind, mustBeNamed: endpoint == CamPayEndpoint.Transaction);

    /// <summary>Runs a call through what was ordered: timeout and error500 do nothing, lost_answer and slow do the work first.</summary>
    public async Task<IResult> AroundAsync(HttpContext http, string phone, string endpoint, Func<Task<IResult>> call)
    {
        if (Strikes(Timeout, phone, endpoint))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(options.HangMs), clock, http.RequestAborted);
            return Results.StatusCode(StatusCodes.Status504GatewayTimeout);
        }

        if (Strikes(Error500, phone, endpoint))
            return Results.Content("<h1>Server Error (500)</h1>", "text/html", statusCode: StatusCodes.Status500InternalServerError);

        var answer = await call();
        if (Strikes(LostAnswer, phone, endpoint))
        {
            http.Abort();
            return Results.Empty;
        }

        if (Strikes(Slow, phone, endpoint))
            await Task.Delay(TimeSpan.FromMilliseconds(options.SlowAnswerMs), clock, http.RequestAborted);
        return answer;
    }
}
