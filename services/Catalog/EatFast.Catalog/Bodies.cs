using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using EatFast.Catalog.Domain;

namespace EatFast.Catalog;

/// <summary>Where a restaurant is, as owners and admins send it.</summary>
public sealed record PlaceBody(
    [property: Required, StringLength(200)] string Street,
    [property: Required, StringLength(80)] string City,
    [property: StringLength(80)] string? District,
    [property: Required] CoordinatesBody Coordinates)
{
    internal Place ToPlace() => new(Street, City.Trim(), District ?? "", Coordinates.Latitude!.Value, Coordinates.Longitude!.Value);
}

public sealed record CoordinatesBody(
    [property: Required, Range(-90.0, 90.0)] double? Latitude,
    [property: Required, Range(-180.0, 180.0)] double? Longitude)
{
    internal GeoPoint ToPoint() => new(Latitude!.Value, Longitude!.Value);
}

/// <summary>A week as owners write it: each day "08:00-22:00", several spans with commas, or "closed".</summary>
internal static partial class WeekBody
{
    public static IEnumerable<ValidationResult> Check(IReadOnlyDictionary<string, string>? week, string member)
    {
        foreach (var (day, spans) in week ?? new Dictionary<string, string>())
            if (!OperatingHours.IsWeekday(day) || !Spans().IsMatch(spans ?? ""))
                yield return new("Days are monday to sunday, hours such as \"08:00-22:00\", \"11:00-15:00,18:00-02:00\" or \"closed\".", [member]);
    }

    [GeneratedRegex(@"^(closed|([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)(, ?([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)){0,3})$")]
    private static partial Regex Spans();
}
