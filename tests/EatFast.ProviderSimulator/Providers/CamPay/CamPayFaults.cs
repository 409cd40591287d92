using EatFast.ProviderSimulator.State;

namespace EatFast.ProviderSimulator.Providers.CamPay;

/// <summary>What can go wrong with CamPay. Those of the answer hit a call; those of the webhook and the amount hit the movement.</summary>
internal sealed class CamPayFaults(FaultBoard board, CamPayOptions options, TimeProvider clock)
{
    public const string Provider = "campay";
    public const string WithdrawalsDisabled = "withdrawals_disabled";

    public static readonly IReadOnlyList<string> Kinds = [.. MovementFaults.WithWebhooks, WithdrawalsDisabled];

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
        if (endpoint == CamPayEndpoint.Withdraw && Strikes(WithdrawalsDisabled, phone, endpoint))
            return CamPayErrors.WithdrawalsDisabled();
        return await new AnswerFaults(options.HangMs, options.SlowAnswerMs, clock)
            .AroundAsync(http, kind => Strikes(kind, phone, endpoint), call);
    }
}
