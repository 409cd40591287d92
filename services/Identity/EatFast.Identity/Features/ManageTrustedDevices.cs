using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

internal sealed record RemovedDevices(int Removed);

/// <summary>The devices that are not asked for a second factor, and how to take that back.</summary>
internal static class ManageTrustedDevices
{
    public static void Map(IEndpointRouteBuilder factors)
    {
        factors.MapGet("/trusted-devices", Handle).WithName("ListTrustedDevices").WithSummary("My trusted devices");
        factors.MapDelete("/trusted-devices/{deviceId:guid}", HandleRemoval)
            .WithName("RemoveTrustedDevice").WithSummary("Trust a device no longer");
        factors.MapDelete("/trusted-devices", HandleAll).WithName("RemoveTrustedDevices").WithSummary("Trust none of my devices any longer");
    }

    internal static async Task<Ok<Envelope<IReadOnlyList<TrustedDeviceView>>>> Handle(
        CurrentUser caller, IdentityDbContext db, TimeProvider clock, CancellationToken ct) =>
        Answer.Ok(await TrustedDeviceView.ListAsync(db, caller.Id, clock.GetUtcNow(), ct));

    internal static async Task<Ok<Envelope<RemovedDevices>>> HandleAll(
        CurrentUser caller, IdentityDbContext db, TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var removed = await db.TrustedDevices.Where(device => device.UserId == caller.Id).ExecuteDeleteAsync(ct);
        db.RecordAction(caller, "user.trusted_devices_removed", "user", caller.Id, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer.Ok(new RemovedDevices(removed));
    }

    internal static async Task<Ok<Envelope<RemovedView>>> HandleRemoval(
        Guid deviceId, CurrentUser caller, IdentityDbContext db, CancellationToken ct) =>
        await db.TrustedDevices.Where(device => device.Id == deviceId && device.UserId == caller.Id).ExecuteDeleteAsync(ct) == 1
            ? Answer.Ok(new RemovedView(deviceId))
            : throw new RuleViolatedException("DEVICE_NOT_FOUND");
}
