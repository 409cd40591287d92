using System.ComponentModel.DataAnnotations;
using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

public sealed record ListRollupsQuery(
    [property: FromQuery(Name = "grain"), AllowedValues(AnalyticsRollup.Hour, AnalyticsRollup.Day)] string Grain = AnalyticsRollup.Day,
    [property: FromQuery(Name = "from"), Range(typeof(DateOnly), Sales.FirstDay, Sales.LastDay)] DateOnly? From = null,
    [property: FromQuery(Name = "to"), Range(typeof(DateOnly), Sales.FirstDay, Sales.LastDay)] DateOnly? To = null,
    [property: FromQuery(Name = "name"), StringLength(60)] string? Name = null);

public sealed record ListRollupsResponse(string Grain, IReadOnlyList<RollupView> Rollups);

public sealed record RollupView(DateTimeOffset Bucket, string Name, int Count, long Amount);

/// <summary>Admins read how often everything happened, by hour or by day of Cameroon.</summary>
internal static class ListRollups
{
    private const int Most = 5_000;

    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapGet("/analytics/events", Handle)
        .WithName(nameof(ListRollups))
        .WithSummary("Events by hour or day");

    internal static async Task<Ok<Envelope<ListRollupsResponse>>> Handle(
        [AsParameters] ListRollupsQuery query, OrderingDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var until = query.To ?? Sales.DayOf(clock.GetUtcNow());
        var (start, end) = (Sales.StartOf(query.From ?? until.AddDays(-6)), Sales.StartOf(until.AddDays(1)));
        var found = await db.Rollups.AsNoTracking()
            .Where(rollup => rollup.Grain == query.Grain && rollup.Bucket >= start && rollup.Bucket < end)
            .Where(rollup => query.Name == null || rollup.Name == query.Name)
            .OrderBy(rollup => rollup.Bucket).ThenBy(rollup => rollup.Name).Take(Most)
            .Select(rollup => new RollupView(rollup.Bucket, rollup.Name, rollup.Count, rollup.AmountXaf)).ToListAsync(ct);
        return Answer.Ok(new ListRollupsResponse(query.Grain, found));
    }
}
