namespace EatFast.Delivery.Domain;

/// <summary>One position as the driver's phone measured it.</summary>
public sealed record Fix(
    GeoPoint At, DateTimeOffset RecordedAt, long? Sequence = null, double? Accuracy = null, double? Bearing = null, double? Speed = null)
{
    /// <summary>The stamp of a position that brings none: the begun second, since phones that do send one often round it down.</summary>
    public static DateTimeOffset Stamp(DateTimeOffset now) => now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
}

/// <summary>A kept position of a delivery: proof of the way, thinned so that a ride is some hundred rows.</summary>
public sealed class TrailPoint
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private const double IntervalMetres = 50;

    private TrailPoint()
    {
    }

    public Guid Id { get; private init; }
    public Guid DeliveryId { get; private init; }
    public double Latitude { get; private init; }
    public double Longitude { get; private init; }
    public DateTimeOffset RecordedAt { get; private init; }

    /// <summary>The fixes worth keeping after the last kept one: 15 s later or 50 m further; late ones are left out.</summary>
    public static List<TrailPoint> Thin(Guid deliveryId, TrailPoint? last, IEnumerable<Fix> fixes)
    {
        var kept = new List<TrailPoint>();
        foreach (var fix in fixes.OrderBy(fix => fix.RecordedAt))
        {
            if (last is not null && !last.IsFollowedBy(fix))
                continue;
            last = new TrailPoint
            {
                Id = Guid.CreateVersion7(fix.RecordedAt),
                DeliveryId = deliveryId,
                Latitude = fix.At.Latitude,
                Longitude = fix.At.Longitude,
                RecordedAt = fix.RecordedAt
            };
            kept.Add(last);
        }
        return kept;
    }

    private bool IsFollowedBy(Fix fix) => fix.RecordedAt > RecordedAt
        && (fix.RecordedAt - RecordedAt >= Interval || new GeoPoint(Latitude, Longitude).MetresTo(fix.At) >= IntervalMetres);
}
