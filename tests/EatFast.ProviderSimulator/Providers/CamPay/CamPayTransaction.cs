using System.Globalization;

namespace EatFast.ProviderSimulator.Providers.CamPay;

internal static class CamPayStatus
{
    public const string Pending = "PENDING";
    public const string Successful = "SUCCESSFUL";
    public const string Failed = "FAILED";
}

internal static class CamPayEndpoint
{
    public const string Collect = "collect";
    public const string Withdraw = "withdraw";
    public const string Transaction = "transaction";
}

/// <summary>One money movement as CamPay sees it; the planned outcome is what happens at DecidesAt if nobody decides before.</summary>
internal sealed record CamPayTransaction
{
    public required Guid Reference { get; init; }
    public required string Endpoint { get; init; }
    public required string Phone { get; init; }
    public required string Operator { get; init; }
    public required long RequestedXaf { get; init; }

    // Differs from RequestedXaf only when the fault other_amount was ordered: the payer typed another sum.
    public required long AmountXaf { get; init; }
    public string ExternalReference { get; init; } = "";
    public string ExternalUser { get; init; } = "";
    public string Description { get; init; } = "";
    public string Status { get; init; } = CamPayStatus.Pending;
    public string Reason { get; init; } = "";
    public required int Number { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset DecidesAt { get; init; }
    public required string PlannedStatus { get; init; }
    public string PlannedReason { get; init; } = "";
    public bool AwaitsPerson { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public IReadOnlyList<string> Webhooks { get; init; } = [];

    public bool IsCollect => Endpoint == CamPayEndpoint.Collect;
    public bool IsPending => Status == CamPayStatus.Pending;

    // About 2 % of a charge and 1 % of a payout, half a franc up.
    public long FeeXaf => ((AmountXaf * (IsCollect ? 2 : 1)) + 50) / 100;

    // What moves on the account of the app: a charge brings less than was paid, a payout costs more than is received.
    public long AppAmountXaf => IsCollect ? AmountXaf - FeeXaf : AmountXaf + FeeXaf;

    // A payout is taken from the float at once and given back when it fails; a charge arrives when it succeeds.
    public long BalanceEffectXaf => (IsCollect, Status) switch
    {
        (true, CamPayStatus.Successful) => AppAmountXaf,
        (false, not CamPayStatus.Failed) => -AppAmountXaf,
        _ => 0,
    };

    public string Code => string.Create(
        CultureInfo.InvariantCulture, $"D{CreatedAt:yyMMdd}{(IsCollect ? 'C' : 'W')}{Number:D4}YC");

    public string OperatorReference => (Status, Operator) switch
    {
        (not CamPayStatus.Successful, _) => "",
        (_, "MTN") => string.Create(CultureInfo.InvariantCulture, $"{10_000_000_000 + Number}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"MP{CreatedAt:yyMMdd.HHmm}.C{Number:D5}"),
    };
}
