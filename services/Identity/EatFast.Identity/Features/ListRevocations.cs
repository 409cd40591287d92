using EatFast.Identity.Data;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

/// <summary>What ended before its tokens do, for every process that checks tokens; the gateway does not forward this path.</summary>
internal sealed class ListRevocations(IServiceScopeFactory scopes, TimeProvider clock) : IRevocationSource
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/internal/revocations", Handle)
        .WithName(nameof(ListRevocations))
        .WithSummary("Accounts and sessions whose tokens are no longer good (neighbours only)")
        .ExcludeFromDescription()
        .AllowAnonymous();

    public async Task<RevocationList> ReadAsync(DateTimeOffset? since, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var oldest = now - Revocations.Memory;
        var from = since is { } given && given > oldest ? given.ToUniversalTime() : oldest;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        // From ix_users_tokens_revoked_at and ix_sessions_revoked_at.
        var users = await db.Users.AsNoTracking().Where(user => user.TokensRevokedAt >= from)
            .Select(user => new RevokedUser(user.Id, user.TokenVersion, user.TokensRevokedAt!.Value)).ToListAsync(ct);
        var sessions = await db.Sessions.AsNoTracking().Where(session => session.RevokedAt >= from)
            .Select(session => new RevokedSession(session.Id, session.RevokedAt!.Value)).ToListAsync(ct);
        return new RevocationList(now, users, sessions);
    }

    internal static async Task<Ok<RevocationList>> Handle(DateTimeOffset? since, IRevocationSource own, CancellationToken ct) =>
        TypedResults.Ok(await own.ReadAsync(since, ct));
}
