using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity;

/// <summary>The first factor was right and another one is asked for; both spellings are read by clients.</summary>
internal sealed record SecondFactorNeeded(
    bool Requires2FA, bool RequiresTwoFactor, Guid UserId, IReadOnlyList<string> TwoFactorMethods, Guid ChallengeId);

/// <summary>What comes after a right first factor, however it was given: the second one if the account wants it, else a session.</summary>
internal sealed class Entrance(
    IdentityDbContext db, SecondFactors factors, SignInGuard guard, AccessTokens tokens, TimeProvider clock)
{
    /// <summary>A device shows that it is trusted with the secret it was given, in this header.</summary>
    public const string TrustedDeviceHeader = "X-Trusted-Device";

    public async Task<Results<Ok<Envelope<AuthAnswer>>, Ok<Envelope<SecondFactorNeeded>>>> EnterAsync(
        Guid userId, string by, HttpContext http, Action<User, DateTimeOffset> change, CancellationToken ct)
    {
        var device = guard.DeviceOf(http);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.LockUserAsync(userId, ct);
        var now = clock.GetUtcNow();
        user.EnsureMaySignIn(now);
        change(user, now);
        if (await factors.FindAsync(userId, ct) is { IsEnabled: true, RequireForLogin: true } factor
            && !await IsTrustedAsync(factor, http.Request.Headers[TrustedDeviceHeader].ToString(), now, ct))
        {
            // Only this place's own: somebody else's sign-in elsewhere must not end the one that waits here.
            await db.Challenges.Where(row => row.UserId == userId && row.EndedAt == null && row.Device == device)
                .ExecuteUpdateAsync(row => row.SetProperty(r => r.EndedAt, now), ct);
            var challenge = SignInChallenge.Of(userId, device, now);
            db.Add(challenge);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return Answer.Ok(new SecondFactorNeeded(true, true, userId, factor.Methods, challenge.Id));
        }
        var (session, refreshToken) = await db.OpenSessionAsync(user, device, now, ct);
        db.RecordAction(new CurrentUser(userId, user.Role), "user.signed_in", "user", userId, now, ("by", by));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer.Ok(tokens.AnswerFor(user, session, refreshToken, now));
    }

    /// <summary>
    /// The sign-in that waits for a second factor: the one that is named, else the one of this very place. An account's id alone finds
    /// none, so whoever knows no more can neither use up its tries nor have a failure counted.
    /// </summary>
    public async Task<Guid?> FindChallengeAsync(Guid userId, Guid? challengeId, HttpContext http, CancellationToken ct)
    {
        var (device, now) = (guard.DeviceOf(http), clock.GetUtcNow());
        return await db.Challenges
            .Where(row => row.UserId == userId && row.EndedAt == null && row.ExpiresAt > now
                && (challengeId == null ? row.Device == device : row.Id == challengeId))
            .OrderByDescending(row => row.ExpiresAt).Select(row => (Guid?)row.Id).FirstOrDefaultAsync(ct);
    }

    /// <summary>The second step. Refuses with INVALID_CODE, also when it was tried too often.</summary>
    public async Task<(AuthAnswer Answer, string? TrustedDevice)> FinishAsync(
        Guid challengeId, string method, string code, string? trustAs, HttpContext http, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await TakeTryAsync(challengeId, now, ct) is not { } challenge)
            throw new RuleViolatedException("INVALID_CODE");
        var userId = challenge.UserId;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.LockUserAsync(userId, ct);
        user.EnsureMaySignIn(now);
        var factor = await factors.FindAsync(userId, ct);
        var isFirst = factor is not null && await factors.IsRightAsync(factor, user, method, code, ct)
            && await db.Challenges.Where(row => row.Id == challenge.Id && row.EndedAt == null)
                .ExecuteUpdateAsync(row => row.SetProperty(r => r.EndedAt, now), ct) == 1;
        if (!isFirst)
            throw new RuleViolatedException("INVALID_CODE");
        var trusted = trustAs is not null && factor!.AllowTrustedDevices ? Trust(userId, trustAs, http, now) : null;
        if (method == FactorMethod.BackupCode)
            db.RecordAction(new CurrentUser(userId, user.Role), "user.backup_code_used", "user", userId, now);
        var (session, refreshToken) = await db.OpenSessionAsync(user, challenge.Device, now, ct);
        db.RecordAction(new CurrentUser(userId, user.Role), "user.signed_in", "user", userId, now, ("by", method));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return (tokens.AnswerFor(user, session, refreshToken, now), trusted);
    }

    // Counted and committed before the code is judged, so that guesses side by side count each other.
    private async Task<SignInChallenge?> TakeTryAsync(Guid challengeId, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var challenge = (await db.Challenges.FromSql($"""
            SELECT * FROM identity.sign_in_challenges WHERE id = {challengeId} AND ended_at IS NULL FOR UPDATE
            """).ToListAsync(ct)).SingleOrDefault();
        var mayTry = challenge?.TryOnce(now) == true;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return mayTry ? challenge : null;
    }

    private string Trust(Guid userId, string name, HttpContext http, DateTimeOffset now)
    {
        var secret = RefreshToken.NewSecret();
        var type = http.Request.Headers["X-Device-Type"].ToString();
        var agent = http.Request.Headers.UserAgent.ToString();
        db.Add(TrustedDevice.Of(
            userId, RefreshToken.HashOf(secret), name, type.Length is > 0 and <= 60 ? type : "browser", agent[..Math.Min(agent.Length, 200)], now));
        return secret;
    }

    private async Task<bool> IsTrustedAsync(TwoFactor factor, string secret, DateTimeOffset now, CancellationToken ct)
    {
        if (!factor.AllowTrustedDevices || secret.Length is 0 or > 200)
            return false;
        var hash = RefreshToken.HashOf(secret);
        var device = await db.TrustedDevices.SingleOrDefaultAsync(
            row => row.TokenHash == hash && row.UserId == factor.UserId && row.ExpiresAt > now, ct);
        device?.Use(now);
        return device is not null;
    }
}
