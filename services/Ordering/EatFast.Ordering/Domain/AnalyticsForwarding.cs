namespace EatFast.Ordering.Domain;

/// <summary>How far the analytics have been told to somebody outside: everything up to this event, by the time it was recorded.</summary>
public sealed class AnalyticsForwarding
{
    public const string Ga4 = "ga4";
    public const string Rollups = "rollups";

    public required string Receiver { get; init; }
    public DateTimeOffset RecordedAt { get; private set; }
    public Guid EventId { get; private set; }

    public void Advance(DateTimeOffset recordedAt, Guid eventId) => (RecordedAt, EventId) = (recordedAt, eventId);
}
