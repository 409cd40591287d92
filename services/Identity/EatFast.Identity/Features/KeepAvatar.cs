using EatFast.Http;
using EatFast.Identity.Clients;
using EatFast.Identity.Data;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EatFast.Identity.Features;

internal sealed record AvatarResponse(string? AvatarUrl);

/// <summary>One's own picture, for the profile; Catalog makes it anew, so nothing that the camera wrote into it is ever shown.</summary>
internal static class KeepAvatar
{
    private const long MostBytes = 5 * 1024 * 1024 + 64 * 1024;

    public static void Map(IEndpointRouteBuilder users)
    {
        users.MapPost("/avatar", Handle).WithName(nameof(KeepAvatar)).WithSummary("Set my picture")
            .DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .Accepts<IFormFile>("multipart/form-data").ProducesProblem(413).ProducesProblem(422);
        users.MapDelete("/avatar", HandleRemoval).WithName("RemoveAvatar").WithSummary("Remove my picture");
    }

    internal static async Task<Ok<Envelope<AvatarResponse>>> Handle(
        HttpRequest request, CurrentUser caller, IdentityDbContext db, Pictures pictures, TimeProvider clock, CancellationToken ct) =>
        await ShowAsync(caller, await pictures.KeepAsync(caller.Id, request, ct), db, clock, ct);

    internal static async Task<Ok<Envelope<AvatarResponse>>> HandleRemoval(
        CurrentUser caller, IdentityDbContext db, Pictures pictures, TimeProvider clock, CancellationToken ct)
    {
        await pictures.RemoveAsync(caller.Id, ct);
        return await ShowAsync(caller, null, db, clock, ct);
    }

    private static async Task<Ok<Envelope<AvatarResponse>>> ShowAsync(
        CurrentUser caller, string? url, IdentityDbContext db, TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.LockUserAsync(caller.Id, ct);
        user.ShowAs(url, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer.Ok(new AvatarResponse(url));
    }
}
