using System.Globalization;

namespace EatFast.Drills.Reporting;

/// <summary>From writing an event to the broker's confirmation, in order; nothing can be said of too few.</summary>
internal sealed class OutboxLag(IEnumerable<TimeSpan> lags)
{
    private readonly TimeSpan[] _lags = [.. lags.Order()];

    public int Count => _lags.Length;

    public TimeSpan At(double share) => _lags[(int)(_lags.Length * share)];

    /// <summary>Of several drills together.</summary>
    public static OutboxLag Of(IEnumerable<OutboxLag> parts) => new(parts.SelectMany(part => part._lags));

    public override string ToString() => Count == 0
        ? "nothing was sent"
        : string.Create(CultureInfo.InvariantCulture, $"p50 {At(0.5).TotalMilliseconds:0} ms, p99 {At(0.99).TotalMilliseconds:0} ms of {Count} events");
}
