using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

internal sealed record SessionSummary(Guid Id, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

internal sealed record GetUserDetailResponse(AdminUserView User, IReadOnlyList<SessionSummary> Sessions, int Addresses, int Favorites);

/// <summary>One account as operators see it, with the devices that are signed in; looking at it leaves a trace.</summary>
internal static class GetUserDetail
{
    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapGet("/{userId:guid}", Handle)
        .WithName(nameof(GetUserDetail))
        .WithSummary("One account (operators)");

    internal static async Task<Ok<Envelope<GetUserDetailResponse>>> Handle(
        Guid userId, CurrentUser admin, IdentityDbContext db, PersonalDataVault vault, TimeProvider clock, CancellationToken ct)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == userId, ct)
            ?? throw new RuleViolatedException("USER_NOT_FOUND");
        var now = clock.GetUtcNow();
        var sessions = await db.Sessions.AsNoTracking()
            .Where(session => session.UserId == userId && session.RevokedAt == null && session.ExpiresAt > now)
            .OrderByDescending(session => session.CreatedAt)
            .Select(session => new SessionSummary(session.Id, session.CreatedAt, session.ExpiresAt))
            .ToListAsync(ct);
        var addresses = await db.Addresses.CountAsync(address => address.UserId == userId, ct);
        var favorites = await db.Favorites.CountAsync(favorite => favorite.UserId == userId, ct);
        db.RecordAction(admin, "user.viewed", "user", userId, now);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new GetUserDetailResponse(AdminUserView.Of(user, vault.Open(user)), sessions, addresses, favorites));
    }
}
