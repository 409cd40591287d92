using EatFast.Delivery.Domain;

namespace EatFast.Delivery.Tests.Domain;

public sealed class TrailTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static Fix AFix(int second, double metresNorth = 0) =>
        new(new GeoPoint(4.05 + metresNorth / GeoPoint.MetresPerDegree, 9.7), Now.AddSeconds(second));

    [Fact]
    public void A_standing_driver_leaves_one_row_per_fifteen_seconds()
    {
        var kept = TrailPoint.Thin(Guid.NewGuid(), null, Enumerable.Range(0, 31).Select(second => AFix(second)));

        Assert.Equal([Now, Now.AddSeconds(15), Now.AddSeconds(30)], kept.Select(point => point.RecordedAt));
    }

    [Fact]
    public void A_fast_driver_leaves_one_row_per_fifty_metres()
    {
        var kept = TrailPoint.Thin(Guid.NewGuid(), null, Enumerable.Range(0, 11).Select(second => AFix(second, second * 10.1)));

        Assert.Equal([Now, Now.AddSeconds(5), Now.AddSeconds(10)], kept.Select(point => point.RecordedAt));
    }

    [Fact]
    public void A_late_position_is_not_kept()
    {
        var last = TrailPoint.Thin(Guid.NewGuid(), null, [AFix(60)])[0];

        Assert.Empty(TrailPoint.Thin(Guid.NewGuid(), last, [AFix(20, 500)]));
    }
}
