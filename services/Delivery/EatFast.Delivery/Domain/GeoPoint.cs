namespace EatFast.Delivery.Domain;

/// <summary>A place on the map; zero, zero (in the sea south of Ghana) stands for "not known".</summary>
public readonly record struct GeoPoint(double Latitude, double Longitude)
{
    private const double EarthRadiusMetres = 6_371_000;

    public const double MetresPerDegree = EarthRadiusMetres * Math.PI / 180;

    public bool IsKnown => this != default;

    public bool IsValid => Latitude is >= -90 and <= 90 && Longitude is >= -180 and <= 180;

    public GeoPoint Or(GeoPoint fallback) => IsKnown ? this : fallback;

    /// <summary>As the crow flies (haversine).</summary>
    public double MetresTo(GeoPoint other)
    {
        var latitudes = double.DegreesToRadians(other.Latitude - Latitude);
        var longitudes = double.DegreesToRadians(other.Longitude - Longitude);
        var chord = Math.Pow(Math.Sin(latitudes / 2), 2)
            + Math.Cos(double.DegreesToRadians(Latitude)) * Math.Cos(double.DegreesToRadians(other.Latitude))
            * Math.Pow(Math.Sin(longitudes / 2), 2);
        return 2 * EarthRadiusMetres * Math.Asin(Math.Min(1, Math.Sqrt(chord)));
    }
}
