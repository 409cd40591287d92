using System.Collections.Concurrent;
using EatFast.Payments.Domain;

namespace EatFast.Payments.Clients;

/// <summary>
/// Finds charges whose answer was lost in their provider's statement. It lists whole days, so it is read anew only once in a while;
/// the one poller that a provider has in a process looks here.
/// </summary>
internal sealed class Statements(PollSchedule schedule, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Douala = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, Dictionary<string, string> References)> _read = [];

    /// <summary>The provider's references by our own, for what it lists at all; what is pending may be missing. Null when it did not answer.</summary>
    public async Task<IReadOnlyDictionary<string, string>?> ReadAsync(IMoneyProvider provider, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_read.TryGetValue(provider.Name, out var last) && now - last.At < Pause)
            return last.References;
        if (await provider.ListAsync(DayOf(now - schedule.LateLook), DayOf(now), ct) is not { } lines)
            return null;
        var references = lines.Where(line => line.ExternalReference is not null)
            .DistinctBy(line => line.ExternalReference).ToDictionary(line => line.ExternalReference!, line => line.Reference);
        _read[provider.Name] = (now, references);
        return references;
    }

    public static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.ToOffset(Douala).DateTime);
}
