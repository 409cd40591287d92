using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity;

/// <summary>
/// Anybody can make an account with somebody else's e-mail address. Whoever then proves that address gets the account, and nothing of
/// what the first one could still come in by: number, second factors, backup codes, trusted devices, sessions and open codes.
/// </summary>
internal sealed class RightfulOwner(IdentityDbContext db, PersonalDataVault vault)
{
    /// <summary>
    /// Before the address counts as proven, and under the account's lock. An account that had proven it keeps all it has, and so does one
    /// that an operator made and nobody was signed in to yet.
    /// </summary>
    public async Task HandOverAsync(User user, DateTimeOffset now, CancellationToken ct)
    {
        if (user.EmailVerified || user.LastLoginAt is null)
            return;
        user.HandOver(vault.Seal(user.Id, vault.Open(user) with { Phone = "" }, user.DataKey), now);
        await db.TwoFactors.Where(row => row.UserId == user.Id).ExecuteDeleteAsync(ct);
        await db.BackupCodes.Where(row => row.UserId == user.Id).ExecuteDeleteAsync(ct);
        await db.TrustedDevices.Where(row => row.UserId == user.Id).ExecuteDeleteAsync(ct);
        await db.Challenges.Where(row => row.UserId == user.Id).ExecuteDeleteAsync(ct);
        await db.Addresses.Where(row => row.UserId == user.Id).ExecuteDeleteAsync(ct);
        await db.Codes.Where(row => row.UserId == user.Id && row.EndedAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(code => code.EndedAt, now), ct);
        await db.EndSessionsAsync(user.Id, except: null, now, ct);
        db.RecordAction(null, "user.handed_over", "user", user.Id, now);
    }
}
