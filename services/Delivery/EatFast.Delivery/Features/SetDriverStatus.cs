using System.ComponentModel.DataAnnotations;
using EatFast.Delivery.Clients;
using EatFast.Delivery.Data;
using EatFast.Delivery.Domain;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery.Features;

public sealed record SetDriverStatusRequest(
    [property: AllowedValues("online", "offline", null)] string? Status = null,
    bool? IsOnline = null,
    [property: Range(-90.0, 90.0)] double? Latitude = null,
    [property: Range(-180.0, 180.0)] double? Longitude = null) : IValidatableObject
{
    internal bool GoesOnline => IsOnline ?? Status == "online";

    internal GeoPoint? Position => Latitude is { } latitude && Longitude is { } longitude ? new GeoPoint(latitude, longitude) : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Status is null && IsOnline is null)
            yield return new("Give status (online or offline) or isOnline.", ["status"]);
        if (Status is not null && IsOnline is { } isOnline && isOnline != (Status == "online"))
            yield return new("status and isOnline contradict each other.", ["status"]);
        if (Latitude is null != Longitude is null)
            yield return new("Give latitude and longitude together.", ["latitude"]);
    }
}

/// <summary>A driver starts or ends work; the first start makes him known here, each asks Identity whether the account is active.</summary>
internal static class SetDriverStatus
{
    public static void Map(IEndpointRouteBuilder me) => me
        .MapMethods("/status", ["PUT", "PATCH"], Handle)
        .WithName(nameof(SetDriverStatus))
        .WithSummary("Go online or offline")
        .ProducesProblem(403);

    internal static async Task<Ok<Envelope<DriverProfile>>> Handle(
        SetDriverStatusRequest request, CurrentUser user, DeliveryDbContext db, People people,
        DriverProfiles profiles, LivePositions live, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (request.GoesOnline)
            await people.RequireActiveAsync(user.Id, ct);
        var driver = await db.DecideAsync(async () =>
        {
            var known = await FindOrRegisterAsync(user.Id, db, people, now, ct);
            if (request.GoesOnline)
                known.GoOnline(now);
            else
                known.GoOffline(now);
            if (request.Position is { } position)
                known.MoveTo(position, now);
            await db.SaveChangesAsync(ct);
            return known;
        });

        if (!request.GoesOnline)
            await live.HideAsync(driver.Id);
        else if (request.Position is { } position)
            await live.ShowAsync(driver.Id, null, new Fix(position, now));
        return Answer.Ok(await profiles.OfAsync(driver, ct));
    }

    private static async Task<Driver> FindOrRegisterAsync(
        Guid userId, DeliveryDbContext db, People people, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Drivers.SingleOrDefaultAsync(driver => driver.Id == userId, ct) is { } known)
            return known;
        await people.RequireActiveAsync(userId, ct);
        var contact = await people.GetContactAsync(userId, ct);
        var driver = Driver.Register(userId, contact.Name, contact.Phone, now);
        db.Add(driver);
        return driver;
    }
}
