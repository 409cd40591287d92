using EatFast.Delivery.Clients;
using EatFast.Delivery.Data;
using EatFast.Delivery.Domain;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery.Features;

/// <summary>The driver's own page; works before the first time online too, then from Identity alone and without storing anything.</summary>
internal static class GetDriverProfile
{
    public static void Map(IEndpointRouteBuilder me) => me
        .MapGet("/profile", Handle)
        .WithName(nameof(GetDriverProfile))
        .WithSummary("My driver profile");

    internal static async Task<Ok<Envelope<DriverProfile>>> Handle(
        CurrentUser user, DeliveryDbContext db, People people, DriverProfiles profiles, TimeProvider clock, CancellationToken ct)
    {
        var driver = await db.Drivers.AsNoTracking().SingleOrDefaultAsync(d => d.Id == user.Id, ct);
        if (driver is null)
        {
            var contact = await people.GetContactAsync(user.Id, ct);
            driver = Driver.Register(user.Id, contact.Name, contact.Phone, clock.GetUtcNow());
        }
        return Answer.Ok(await profiles.OfAsync(driver, ct));
    }
}
