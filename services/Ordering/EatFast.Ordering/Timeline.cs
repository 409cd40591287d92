using EatFast.Ordering.Domain;

namespace EatFast.Ordering;

public sealed record TimelineView(string Status, DateTimeOffset Timestamp, string Description, string Actor, string? Reason);

/// <summary>The history of an order in sentences for its readers.</summary>
internal static class Timeline
{
    public static IReadOnlyList<TimelineView> Of(Order order, string language) =>
        [.. order.History.OrderBy(change => change.Version).Select(change => new TimelineView(
            change.Status, change.At, Texts.Say($"timeline.{change.Kind}", language), change.Actor, change.Reason))];
}
