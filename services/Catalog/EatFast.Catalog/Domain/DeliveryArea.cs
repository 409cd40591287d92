using EatFast.Errors;

namespace EatFast.Catalog.Domain;

public sealed record GeoPoint(double Latitude, double Longitude)
{
    private const double EarthKm = 6371.0088;

    public double KmTo(GeoPoint other)
    {
        var height = double.DegreesToRadians(other.Latitude - Latitude) / 2;
        var width = double.DegreesToRadians(other.Longitude - Longitude) / 2;
        var chord = Math.Pow(Math.Sin(height), 2) + Math.Pow(Math.Sin(width), 2)
            * Math.Cos(double.DegreesToRadians(Latitude)) * Math.Cos(double.DegreesToRadians(other.Latitude));
        return 2 * EarthKm * Math.Asin(Math.Min(1, Math.Sqrt(chord)));
    }
}

/// <summary>A piece of the map with a fee and, if it differs, a minimum order of its own.</summary>
public sealed record DeliveryZone(string Name, long FeeXaf, long? MinimumOrderXaf, IReadOnlyList<GeoPoint> Polygon)
{
    // A ray to the east crosses the border an odd number of times from inside.
    public bool Contains(GeoPoint point)
    {
        var isInside = false;
        for (var (i, j) = (0, Polygon.Count - 1); i < Polygon.Count; j = i++)
        {
            var (a, b) = (Polygon[i], Polygon[j]);
            if (a.Latitude > point.Latitude == b.Latitude > point.Latitude)
                continue;
            var crossing = (b.Longitude - a.Longitude) * (point.Latitude - a.Latitude) / (b.Latitude - a.Latitude) + a.Longitude;
            if (point.Longitude < crossing)
                isInside = !isInside;
        }
        return isInside;
    }
}

public sealed record DeliveryTerms(long FeeXaf, long MinimumOrderXaf, string? Zone);

/// <summary>Where a restaurant delivers to: inside its zones where it drew some, else within a radius, else wherever a driver rides.</summary>
public sealed record DeliveryArea(double? RadiusKm, IReadOnlyList<DeliveryZone> Zones)
{
    public static DeliveryArea Anywhere { get; } = new(null, []);

    /// <summary>In overlapping zones the cheapest counts. Refuses with DELIVERY_AREA_NOT_COVERED.</summary>
    public DeliveryTerms TermsTo(GeoPoint door, GeoPoint kitchen, DeliveryTerms usual)
    {
        if (Zones.Count == 0)
            return RadiusKm is { } radius && kitchen.KmTo(door) > radius ? throw NotCovered() : usual;
        var zone = Zones.Where(zone => zone.Contains(door)).MinBy(zone => zone.FeeXaf) ?? throw NotCovered();
        return new(zone.FeeXaf, zone.MinimumOrderXaf ?? usual.MinimumOrderXaf, zone.Name);
    }

    private static RuleViolatedException NotCovered() => new("DELIVERY_AREA_NOT_COVERED");
}
