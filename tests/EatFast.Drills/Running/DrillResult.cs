using System.Text.Json.Serialization;
using EatFast.Drills.Checking;
using EatFast.Drills.Reporting;
using EatFast.Load;

namespace EatFast.Drills.Running;

/// <summary>What a drill came to.</summary>
internal sealed record DrillResult(string Id, string Title, string TrialsAre, Verdict Verdict)
{
    public int Offered { get; init; }
    public int Accepted { get; init; }
    public int Ended { get; init; }
    public int Trials { get; init; }
    /// <summary>From the end of the load until outboxes and queues were empty and every order had ended; null when it never was.</summary>
    public TimeSpan? Quiesced { get; init; }
    public IReadOnlyList<TimeSpan> Recoveries { get; init; } = [];
    public CallSummary? Before { get; init; }
    public CallSummary? During { get; init; }
    public CallSummary? After { get; init; }
    [JsonIgnore]
    public OutboxLag Lag { get; init; } = new([]);
    public string LagInHealth => $"{Lag}";
    public TimeSpan Took { get; init; }
    public IReadOnlyList<string> Notes { get; init; } = [];

    public bool IsLenient { get; init; }

    public bool Passed => Verdict.Violations.All(violation => IsLenient && violation.Invariant == Stage.Bar);

    /// <summary>No failure in n trials: with 95 % confidence the rate is at most 3/n.</summary>
    public static double Bound(int trials) => trials == 0 ? 1 : Math.Min(1, 3.0 / trials);
}
