using EatFast.Delivery.Domain;
using EatFast.Errors;

namespace EatFast.Delivery.Tests.Domain;

public sealed class DispatchRulesTests
{
    private readonly DispatchRules _rules = new();

    [Theory]
    [InlineData(0, 500, 500)]
    [InlineData(3000, 500, 500)]
    [InlineData(3001, 500, 600)]
    [InlineData(4000, 500, 600)]
    [InlineData(4001, 510, 750)]
    [InlineData(15000, 500, 1700)]
    [InlineData(2000, 0, 0)]
    public void The_fee_grows_with_each_begun_kilometre_and_is_rounded_up(int metres, long baseFee, long expected) =>
        Assert.Equal(expected, _rules.FeeXaf(new Trip(metres, 0), baseFee));

    [Fact]
    public void Beyond_the_longest_way_there_is_no_fee()
    {
        var refused = Assert.Throws<RuleViolatedException>(() => _rules.FeeXaf(new Trip(15_001, 0), 500));

        Assert.Equal("DELIVERY_AREA_NOT_COVERED", refused.Code);
    }

    [Fact]
    public void A_trip_follows_roads_at_city_speed_and_ends_with_the_hand_over()
    {
        var trip = _rules.TripBetween(new GeoPoint(4.05, 9.70), new GeoPoint(4.05, 9.75));

        Assert.InRange(trip.Metres, 7190, 7220);
        Assert.Equal(22 + 5, trip.Minutes);
    }
}
