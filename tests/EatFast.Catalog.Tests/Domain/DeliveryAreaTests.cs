using EatFast.Catalog.Domain;
using EatFast.Errors;

namespace EatFast.Catalog.Tests.Domain;

public sealed class DeliveryAreaTests
{
    private static readonly GeoPoint Kitchen = new(4.05, 9.70);
    private static readonly DeliveryTerms Usual = new(1_000, 2_000, null);
    private static readonly DeliveryZone Akwa = new("Akwa", 500, null, Square(4.04, 9.69, 0.02));
    private static readonly DeliveryZone Douala = new("Douala", 1_500, 5_000, Square(4.00, 9.60, 0.20));
    // A U that is open to the north: its notch is outside.
    private static readonly DeliveryZone Bay = new("Bay", 700, null,
        [new(0, 0), new(0, 3), new(3, 3), new(3, 2), new(1, 2), new(1, 1), new(3, 1), new(3, 0)]);

    [Fact]
    public void Without_zones_and_radius_the_usual_terms_hold_anywhere() =>
        Assert.Equal(Usual, DeliveryArea.Anywhere.TermsTo(new(12, 14), Kitchen, Usual));

    [Theory]
    [InlineData(4.06, true)]
    [InlineData(4.08, true)]
    [InlineData(4.10, false)]
    public void A_radius_ends_where_it_says(double latitude, bool isCovered)
    {
        var area = new DeliveryArea(4, []);

        Assert.Equal(isCovered, IsCovered(area, new(latitude, 9.70)));
    }

    [Fact]
    public void In_overlapping_zones_the_cheapest_counts()
    {
        var area = new DeliveryArea(null, [Douala, Akwa]);

        Assert.Equal(new(500, 2_000, "Akwa"), area.TermsTo(new(4.05, 9.70), Kitchen, Usual));
        Assert.Equal(new(1_500, 5_000, "Douala"), area.TermsTo(new(4.15, 9.75), Kitchen, Usual));
    }

    [Fact]
    public void Where_there_are_zones_nothing_else_is_covered()
    {
        var area = new DeliveryArea(100, [Akwa]);

        var refused = Assert.Throws<RuleViolatedException>(() => area.TermsTo(new(4.10, 9.70), Kitchen, Usual));
        Assert.Equal("DELIVERY_AREA_NOT_COVERED", refused.Code);
    }

    [Theory]
    [InlineData(0.5, 1.5, true)]
    [InlineData(2.0, 0.5, true)]
    [InlineData(2.0, 2.5, true)]
    [InlineData(2.0, 1.5, false)]
    [InlineData(3.5, 0.5, false)]
    [InlineData(-0.1, 1.5, false)]
    public void A_zone_with_a_notch_is_what_it_looks_like(double latitude, double longitude, bool isInside) =>
        Assert.Equal(isInside, Bay.Contains(new(latitude, longitude)));

    private static bool IsCovered(DeliveryArea area, GeoPoint door)
    {
        try
        {
            area.TermsTo(door, Kitchen, Usual);
            return true;
        }
        catch (RuleViolatedException)
        {
            return false;
        }
    }

    private static GeoPoint[] Square(double south, double west, double side) =>
        [new(south, west), new(south, west + side), new(south + side, west + side), new(south + side, west)];
}
