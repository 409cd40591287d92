using System.Globalization;
using EatFast.Catalog.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Tests.Data;

public sealed class CatalogFunctionsTests(CatalogSystem system)
{
    // 2026-03-02 is a Monday; Douala is one hour ahead of UTC.
    [Theory]
    [InlineData("08:00-22:00", "2026-03-02T07:00:00Z", true)]
    [InlineData("08:00-22:00", "2026-03-02T06:59:59Z", false)]
    [InlineData("08:00-22:00", "2026-03-02T20:59:59Z", true)]
    [InlineData("08:00-22:00", "2026-03-02T21:00:00Z", false)]
    [InlineData("18:00-02:00", "2026-03-02T16:59:00Z", false)]
    [InlineData("18:00-02:00", "2026-03-02T22:30:00Z", true)]
    [InlineData("18:00-02:00", "2026-03-03T00:59:00Z", true)]
    [InlineData("18:00-02:00", "2026-03-03T01:00:00Z", false)]
    [InlineData("11:00-15:00,18:00-23:00", "2026-03-02T15:30:00Z", false)]
    [InlineData("11:00-15:00,18:00-23:00", "2026-03-02T17:30:00Z", true)]
    [InlineData("00:00-24:00", "2026-03-02T22:59:59Z", true)]
    [InlineData("00:00-24:00", "2026-03-02T23:00:00Z", false)]
    [InlineData("fermé", "2026-03-02T12:00:00Z", false)]
    [InlineData("", "2026-03-02T12:00:00Z", false)]
    public async Task A_monday_with_these_hours_is_open(string monday, string moment, bool expected) =>
        Assert.Equal(expected, await IsOpenAsync(RestaurantStatus.Active, isPaused: false, new() { ["monday"] = monday }, moment));

    [Fact]
    public async Task A_sunday_night_runs_into_monday_but_monday_not_into_sunday()
    {
        var sundays = new Dictionary<string, string> { ["sunday"] = "20:00-03:00" };

        Assert.True(await IsOpenAsync(RestaurantStatus.Active, isPaused: false, sundays, "2026-03-02T01:00:00Z"));
        Assert.False(await IsOpenAsync(RestaurantStatus.Active, isPaused: false, sundays, "2026-03-01T01:00:00Z"));
    }

    [Fact]
    public async Task Paused_or_not_active_is_closed_at_any_hour()
    {
        var always = OperatingHours.EveryDay("00:00-24:00").ByDay.ToDictionary();

        Assert.True(await IsOpenAsync(RestaurantStatus.Active, isPaused: false, always, "2026-03-02T23:00:00Z"));
        Assert.False(await IsOpenAsync(RestaurantStatus.Active, isPaused: true, always, "2026-03-02T23:00:00Z"));
        Assert.False(await IsOpenAsync(RestaurantStatus.Suspended, isPaused: false, always, "2026-03-02T23:00:00Z"));
    }

    [Fact]
    public async Task A_holiday_is_closed_and_takes_its_night_with_it()
    {
        var nights = new Dictionary<string, string> { ["monday"] = "18:00-02:00", ["tuesday"] = "18:00-02:00" };

        Assert.False(await IsOpenAsync(RestaurantStatus.Active, isPaused: false, nights, "2026-03-02T19:00:00Z", closedOn: "2026-03-02"));
        Assert.False(await IsOpenAsync(RestaurantStatus.Active, isPaused: false, nights, "2026-03-03T00:30:00Z", closedOn: "2026-03-02"));
        Assert.True(await IsOpenAsync(RestaurantStatus.Active, isPaused: false, nights, "2026-03-03T19:00:00Z", closedOn: "2026-03-02"));
    }

    [Fact]
    public async Task A_pause_with_an_end_ends_by_itself()
    {
        var always = OperatingHours.EveryDay("00:00-24:00").ByDay.ToDictionary();

        Assert.False(await IsOpenAsync(RestaurantStatus.Active, isPaused: true, always, "2026-03-02T11:59:59Z", "2026-03-02T12:00:00Z"));
        Assert.True(await IsOpenAsync(RestaurantStatus.Active, isPaused: true, always, "2026-03-02T12:00:00Z", "2026-03-02T12:00:00Z"));
    }

    [Fact]
    public async Task Distances_are_great_circles()
    {
        var douala = await system.Catalog.WithDbAsync(db => db.Database
            .SqlQuery<double>($"SELECT catalog.distance_km(4.0511, 9.7679, 3.8480, 11.5021) AS \"Value\"").SingleAsync());

        Assert.Equal(193.7, douala, 0.5);
    }

    private Task<bool> IsOpenAsync(
        string status, bool isPaused, Dictionary<string, string> hours, string moment, string? pausedUntil = null, string? closedOn = null)
    {
        var json = System.Text.Json.JsonSerializer.Serialize(hours);
        var at = DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);
        var until = pausedUntil is null ? (DateTimeOffset?)null : DateTimeOffset.Parse(pausedUntil, CultureInfo.InvariantCulture);
        DateOnly[] closed = closedOn is null ? [] : [DateOnly.Parse(closedOn, CultureInfo.InvariantCulture)];
        return system.Catalog.WithDbAsync(db => db.Database
            .SqlQuery<bool>($"SELECT catalog.is_open({status}, {isPaused}, {until}::timestamptz, {closed}, {json}::jsonb, {at}) AS \"Value\"")
            .SingleAsync());
    }
}
