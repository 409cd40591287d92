using System.ComponentModel.DataAnnotations;
using EatFast.Delivery.Clients;
using EatFast.Delivery.Data;
using EatFast.Delivery.Domain;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery.Features;

public sealed record ReportPositionRequest(
    [property: Range(-90.0, 90.0)] double? Latitude = null,
    [property: Range(-180.0, 180.0)] double? Longitude = null,
    [property: Range(0.0, 1_000_000.0)] double? Accuracy = null,
    [property: Range(-1.0, 1_000.0)] double? Speed = null,
    [property: Range(-1.0, 360.0)] double? Bearing = null,
    DateTimeOffset? RecordedAt = null,
    [property: Range(0.0, long.MaxValue)] long? Sequence = null,
    [property: MinLength(1), MaxLength(100)] IReadOnlyList<ReportedPosition?>? Positions = null) : IValidatableObject
{
    private ReportedPosition Single => new(Latitude, Longitude, Accuracy, Speed, Bearing, RecordedAt, Sequence);

    internal List<Fix> Fixes(DateTimeOffset now) =>
        [.. (Positions ?? [Single]).Select(position => position!.ToFix(now)).OrderBy(fix => fix.RecordedAt).ThenBy(fix => fix.Sequence)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Positions is null && (Latitude is null || Longitude is null))
            return [new("Give latitude and longitude, or positions.", ["latitude"])];
        if (Positions is not null && Latitude is not null)
            return [new("Give either one position or positions, not both.", ["positions"])];
        return Positions?.Contains(null) == true ? [new("A position is missing.", ["positions"])] : Single.Validate(validationContext);
    }
}

public sealed record ReportPositionResponse(int Received, int Accepted);

/// <summary>Where the driver is. Always accepted: late positions and those of offline drivers are dropped without a refusal.</summary>
internal static class ReportPosition
{
    private static readonly TimeSpan Stale = TimeSpan.FromHours(24);
    private static readonly TimeSpan SequenceMemory = TimeSpan.FromMinutes(5);

    public static void Map(IEndpointRouteBuilder me) => me
        .MapPost("/location", Handle)
        .WithName(nameof(ReportPosition))
        .WithSummary("Report my position");

    internal static async Task<Accepted<Envelope<ReportPositionResponse>>> Handle(
        ReportPositionRequest request, CurrentUser user, DeliveryDbContext db, LivePositions live, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var fixes = request.Fixes(now);
        var driver = await db.Drivers.AsNoTracking().SingleOrDefaultAsync(d => d.Id == user.Id && d.Status != DriverStatus.Offline, ct);
        if (driver is null)
            return Answer.Accepted(new ReportPositionResponse(fixes.Count, 0));
        var news = fixes.Where(fix => IsNews(fix, driver) && fix.RecordedAt > now - Stale).ToList();
        if (news.Count > 0)
            await KeepAsync(news, driver.Id, db, live, ct);
        return Answer.Accepted(new ReportPositionResponse(fixes.Count, news.Count));
    }

    // A sequence orders positions of one moment; after a pause it counts for nothing, because an app that restarts begins at one again.
    private static bool IsNews(Fix fix, Driver driver) => driver.PositionAt is not { } last
        || (fix.RecordedAt >= last
            && (fix.Sequence is null || driver.PositionSequence is null || fix.Sequence > driver.PositionSequence
                || fix.RecordedAt > last + SequenceMemory));

    private static async Task KeepAsync(List<Fix> news, Guid driverId, DeliveryDbContext db, LivePositions live, CancellationToken ct)
    {
        var newest = news[^1];
        // Past the aggregate on purpose: a position must not collide with an accept, and an older one loses here.
        var moved = await db.Drivers
            .Where(driver => driver.Id == driverId && (driver.PositionAt == null || driver.PositionAt <= newest.RecordedAt))
            .ExecuteUpdateAsync(driver => driver
                .SetProperty(d => d.Latitude, newest.At.Latitude)
                .SetProperty(d => d.Longitude, newest.At.Longitude)
                .SetProperty(d => d.PositionAt, newest.RecordedAt)
                .SetProperty(d => d.PositionSequence, newest.Sequence), ct);
        var delivery = await db.Deliveries.AsNoTracking().ActiveOf(driverId)
            .Select(d => new { d.Id, d.OrderId, d.AssignedAt }).SingleOrDefaultAsync(ct);
        if (delivery is not null)
        {
            var last = await db.TrailPoints.AsNoTracking().Where(point => point.DeliveryId == delivery.Id)
                .OrderByDescending(point => point.RecordedAt).FirstOrDefaultAsync(ct);
            db.AddRange(TrailPoint.Thin(delivery.Id, last, news.Where(fix => fix.RecordedAt >= Fix.Stamp(delivery.AssignedAt!.Value))));
            await db.SaveChangesAsync(ct);
        }
        if (moved > 0)
            await live.ShowAsync(driverId, delivery?.OrderId, newest);
    }
}
