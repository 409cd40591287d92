using EatFast.Errors;
using EatFast.Identity.Clients;
using EatFast.Identity.Contracts;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Messaging;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity;

/// <summary>
/// Takes a person out of Identity and tells everybody else to do the same. It can be asked for again: whoever is erased stays so,
/// and the news is told anew, which repairs a service that missed it.
/// </summary>
internal sealed class Erasure(
    IdentityDbContext db, PersonalDataVault vault, PasswordHasher passwords, Neighbours neighbours, Submissions submissions, TimeProvider clock)
{
    /// <summary>Refuses with USER_NOT_FOUND, or ACCOUNT_IN_USE while an order or a delivery of this person is on its way.</summary>
    public async Task RunAsync(Guid userId, CurrentUser actor, string? reason, CancellationToken ct)
    {
        if (!await db.Users.AnyAsync(known => known.Id == userId, ct))
            throw new RuleViolatedException("USER_NOT_FOUND");
        if (await neighbours.IsNeededAsync(userId, ct))
            throw new RuleViolatedException("ACCOUNT_IN_USE");
        var passwordOfNobody = await passwords.HashAsync(RefreshToken.NewSecret(), ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.FindAndLockUserAsync(userId, ct) ?? throw new RuleViolatedException("USER_NOT_FOUND");
        var now = clock.GetUtcNow();
        await submissions.ForgetAsync(user, ct);
        user.Erase(vault.Seal(userId, new PersonalData($"erased-{userId:N}@erased.invalid", "", "", "")), passwordOfNobody, now);
        await ForgetAsync(userId, ct);
        db.Announce(new UserErased(userId, now), about: userId, now);
        db.RecordAction(actor, "user.erased", "user", userId, now, ("reason", reason));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private async Task ForgetAsync(Guid userId, CancellationToken ct)
    {
        await db.Sessions.Where(row => row.UserId == userId).ExecuteDeleteAsync(ct);
        await db.Addresses.Where(row => row.UserId == userId).ExecuteDeleteAsync(ct);
        await db.Favorites.Where(row => row.UserId == userId).ExecuteDeleteAsync(ct);
        await db.Codes.Where(row => row.UserId == userId).ExecuteDeleteAsync(ct);
        await db.TwoFactors.Where(row => row.UserId == userId).ExecuteDeleteAsync(ct);
        await db.BackupCodes.Where(row => row.UserId == userId).ExecuteDeleteAsync(ct);
        await db.TrustedDevices.Where(row => row.UserId == userId).ExecuteDeleteAsync(ct);
        await db.Challenges.Where(row => row.UserId == userId).ExecuteDeleteAsync(ct);
        await db.Codes.Where(code => db.GuestSessions.Any(guest => guest.Id == code.GuestId && guest.ConvertedTo == userId))
            .ExecuteDeleteAsync(ct);
        await db.GuestSessions.Where(row => row.ConvertedTo == userId).ExecuteDeleteAsync(ct);
        await db.ForgetAnswersAsync(userId, ct);
    }
}
