using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

/// <summary>The devices that are not asked for a second factor, and how to take that back.</summary>
internal static class ManageTrustedDevices
{
    public static void Map(IEndpointRouteBuilder factors)
    {
        factors.MapGet("/trusted-devices", Handle).WithName("ListTrustedDevices").WithSummary("My trusted devices");
        factors.MapDelete("/trusted-devices/{deviceId:guid}", HandleRemoval)
            .WithName("RemoveTrustedDevice").WithSummary("Trust a device no longer");
    }

    internal static async Task<Ok<Envelope<IReadOnlyList<TrustedDeviceView>>>> Handle(
        CurrentUser caller, IdentityDbContext db, TimeProvider clock, CancellationToken ct) =>
        Answer.Ok(await TrustedDeviceView.ListAsync(db, caller.Id, clock.GetUtcNow(), ct));

    internal static async Task<Ok<Envelope<RemovedView>>> HandleRemoval(
        Guid deviceId, CurrentUser caller, IdentityDbContext db, CancellationToken ct) =>
        await db.TrustedDevices.Where(device => device.Id == deviceId && device.UserId == caller.Id).ExecuteDeleteAsync(ct) == 1
            ? Answer.Ok(new RemovedView(deviceId))
            : throw new RuleViolatedException("DEVICE_NOT_FOUND");
}
