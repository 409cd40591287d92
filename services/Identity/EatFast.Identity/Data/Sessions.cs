using EatFast.Errors;
using EatFast.Identity.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Data;

/// <summary>Row locks around sign-in and refresh: without them two requests at once could hold six devices or two good tokens.</summary>
internal static class Sessions
{
    /// <summary>The account, locked until the transaction ends; an erased one is not there any more.</summary>
    public static async Task<User> LockUserAsync(this IdentityDbContext db, Guid userId, CancellationToken ct) =>
        await db.FindAndLockUserAsync(userId, ct) is { ErasedAt: null } user ? user : throw new RuleViolatedException("USER_NOT_FOUND");

    /// <summary>The same where it may be gone.</summary>
    public static async Task<User?> FindAndLockUserAsync(this IdentityDbContext db, Guid userId, CancellationToken ct) =>
        (await db.Users.FromSql($"SELECT * FROM identity.users WHERE id = {userId} FOR UPDATE").ToListAsync(ct)).SingleOrDefault();

    /// <summary>Signs one more device in; beyond the fifth the oldest is signed out. The account has to be locked.</summary>
    public static async Task<(Session Session, string Secret)> OpenSessionAsync(
        this IdentityDbContext db, User user, byte[]? device, DateTimeOffset now, CancellationToken ct)
    {
        var surplus = await db.Sessions
            .Where(session => session.UserId == user.Id && session.RevokedAt == null && session.ExpiresAt > now)
            .OrderByDescending(session => session.CreatedAt).ThenByDescending(session => session.Id)
            .Skip(Session.MaxPerUser - 1)
            .ToListAsync(ct);
        foreach (var oldest in surplus)
            oldest.Revoke(now);
        return db.AddSession(user, device, now);
    }

    /// <summary>The first device of a new account.</summary>
    public static (Session Session, string Secret) AddSession(
        this IdentityDbContext db, User user, byte[]? device, DateTimeOffset now)
    {
        var session = Session.Start(user.Id, device, now, out var secret);
        db.Add(session);
        user.MarkSignedIn(now);
        return (session, secret);
    }

    /// <summary>Signs every device out, but the one that asks for it when that is given.</summary>
    public static Task<int> EndSessionsAsync(
        this IdentityDbContext db, Guid userId, Guid? except, DateTimeOffset now, CancellationToken ct) => db.Sessions
        .Where(session => session.UserId == userId && session.Id != except && session.RevokedAt == null)
        .ExecuteUpdateAsync(session => session.SetProperty(row => row.RevokedAt, now), ct);

    /// <summary>The guest session of this secret, live or not.</summary>
    public static async Task<GuestSession?> FindGuestAsync(this IdentityDbContext db, string secret, CancellationToken ct)
    {
        var hash = RefreshToken.HashOf(secret);
        return await db.GuestSessions.AsNoTracking().SingleOrDefaultAsync(session => session.SecretHash == hash, ct);
    }

    /// <summary>A guest session that was found before, locked until the transaction ends.</summary>
    public static async Task<GuestSession> LockGuestAsync(this IdentityDbContext db, Guid guestId, CancellationToken ct)
    {
        var locked = await db.GuestSessions.FromSql($"SELECT * FROM identity.guest_sessions WHERE id = {guestId} FOR UPDATE").ToListAsync(ct);
        return locked.SingleOrDefault() ?? throw new RuleViolatedException("GUEST_SESSION_EXPIRED");
    }

    /// <summary>The session a refresh token belongs to, locked until the transaction ends, with that token and its successor.</summary>
    public static async Task<PresentedToken?> LockSessionAsync(this IdentityDbContext db, string secret, CancellationToken ct)
    {
        var hash = RefreshToken.HashOf(secret);
        var known = await db.RefreshTokens.AsNoTracking().SingleOrDefaultAsync(token => token.Hash == hash, ct);
        if (known is null)
            return null;
        var locked = await db.Sessions.FromSql($"SELECT * FROM identity.sessions WHERE id = {known.SessionId} FOR UPDATE").ToListAsync(ct);
        if (locked is not [var session])
            return null;
        // Read only now: the request that held the lock before us may have exchanged the token.
        var presented = await db.RefreshTokens.SingleAsync(token => token.Id == known.Id, ct);
        var successor = await db.RefreshTokens.SingleOrDefaultAsync(token => token.Id == presented.SuccessorId, ct);
        return new PresentedToken(session, presented, successor);
    }
}

/// <summary>A refresh token as found, with what is needed to decide about it.</summary>
internal sealed record PresentedToken(Session Session, RefreshToken Token, RefreshToken? Successor);
