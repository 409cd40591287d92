using System.ComponentModel.DataAnnotations;
using EatFast.Delivery.Domain;

namespace EatFast.Delivery;

/// <summary>A position as phones send it; a clock that runs a little fast is forgiven, one from tomorrow is not.</summary>
public sealed record ReportedPosition(
    [property: Required, Range(-90.0, 90.0)] double? Latitude,
    [property: Required, Range(-180.0, 180.0)] double? Longitude,
    [property: Range(0.0, 1_000_000.0)] double? Accuracy = null,
    [property: Range(-1.0, 1_000.0)] double? Speed = null,
    [property: Range(-1.0, 360.0)] double? Bearing = null,
    DateTimeOffset? RecordedAt = null,
    [property: Range(0.0, long.MaxValue)] long? Sequence = null) : IValidatableObject
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    internal Fix ToFix(DateTimeOffset now) => new(
        new GeoPoint(Latitude!.Value, Longitude!.Value),
        RecordedAt is { } recordedAt && recordedAt < now ? recordedAt.ToUniversalTime() : Fix.Stamp(now),
        Sequence, Accuracy, Bearing, Speed);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RecordedAt > validationContext.GetRequiredService<TimeProvider>().GetUtcNow() + ClockSkew)
            yield return new("recordedAt must not be in the future.", ["recordedAt"]);
    }
}
