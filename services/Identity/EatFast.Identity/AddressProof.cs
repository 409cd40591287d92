using EatFast.Errors;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity;

/// <summary>What a right code proves: that the account is reached at its address or number, or at the one that it asked to change to.</summary>
internal sealed class AddressProof(IdentityDbContext db, PersonalDataVault vault, SecurityCodes codes, TimeProvider clock)
{
    /// <summary>
    /// Spends a checked code. Refuses with INVALID_CODE, also for a number that another account or nobody signed in would prove: its
    /// holder would vouch for a stranger's account.
    /// </summary>
    public async Task<User> AcceptAsync(OneTimeCode code, CurrentUser? caller, CancellationToken ct)
    {
        if (code.Channel == CodeRecipient.Sms && caller?.Id != code.UserId)
            throw new RuleViolatedException("INVALID_CODE");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.FindAndLockUserAsync(code.UserId!.Value, ct);
        if (user is not { ErasedAt: null } || !await codes.SpendAsync(code, ct))
            throw new RuleViolatedException("INVALID_CODE");
        var now = clock.GetUtcNow();
        if (code.Channel == CodeRecipient.Email)
            await AcceptEmailAsync(user, code.AddressIndex, now, ct);
        else
            await AcceptPhoneAsync(user, code.AddressIndex, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return user;
    }

    private async Task AcceptEmailAsync(User user, byte[] index, DateTimeOffset now, CancellationToken ct)
    {
        if (!user.EmailIndex.AsSpan().SequenceEqual(index))
        {
            if (vault.OpenPendingEmail(user) is not { } email || !vault.EmailIndex(email).AsSpan().SequenceEqual(index))
                throw new RuleViolatedException("INVALID_CODE");
            if (await db.Users.AnyAsync(other => other.EmailIndex == index, ct))
                throw new RuleViolatedException("EMAIL_ALREADY_EXISTS");
            user.MoveTo(vault.Seal(user.Id, vault.Open(user) with { Email = email }, user.DataKey), null, user.PendingPhone, now);
            Trace(user, "user.email_changed", now);
        }
        user.VerifyEmail(now);
    }

    private async Task AcceptPhoneAsync(User user, byte[] index, DateTimeOffset now, CancellationToken ct)
    {
        if (!user.PhoneIndex.AsSpan().SequenceEqual(index))
        {
            if (vault.OpenPendingPhone(user) is not { } phone || !vault.PhoneIndex(phone).AsSpan().SequenceEqual(index))
                throw new RuleViolatedException("INVALID_CODE");
            if (await db.Users.AnyAsync(other => other.PhoneIndex == index, ct))
                throw new RuleViolatedException("PHONE_ALREADY_EXISTS");
            user.MoveTo(vault.Seal(user.Id, vault.Open(user) with { Phone = phone }, user.DataKey), user.PendingEmail, null, now);
            Trace(user, "user.phone_changed", now);
        }
        user.VerifyPhone(now);
    }

    private void Trace(User user, string action, DateTimeOffset now) =>
        db.RecordAction(new CurrentUser(user.Id, user.Role), action, "user", user.Id, now);
}
