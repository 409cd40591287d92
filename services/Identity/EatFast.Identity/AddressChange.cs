using EatFast.Errors;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity;

/// <summary>Asks for the proof of another e-mail address or number; until it comes, the account stays where it is reached today.</summary>
internal sealed class AddressChange(
    IdentityDbContext db, PersonalDataVault vault, SecurityCodes codes, StepUp stepUp, TimeProvider clock)
{
    /// <summary>
    /// The account has to be locked. Refuses with EMAIL_ALREADY_EXISTS, PHONE_ALREADY_EXISTS, CODE_LIMIT_REACHED and, where the account
    /// wants it, FRESH_FACTOR_REQUIRED.
    /// </summary>
    public async Task AskAsync(User user, PersonalData person, string? email, string? phone, CancellationToken ct)
    {
        var newEmail = email is { Length: > 0 } ? EmailAttribute.Normalise(email) : null;
        var newPhone = phone is { Length: > 0 } ? PhoneNumberAttribute.Normalise(phone) : null;
        if (newEmail is not null && newEmail != person.Email)
        {
            await stepUp.RequireWhereChosenAsync(user.Id, ct);
            var index = vault.EmailIndex(newEmail);
            if (await db.Users.AnyAsync(other => other.EmailIndex == index, ct))
                throw new RuleViolatedException("EMAIL_ALREADY_EXISTS");
            user.Await(vault.SealValue(user, newEmail, "pending_email"), user.PendingPhone);
            await SendAsync(new(CodeRecipient.Email, newEmail, index, user), ct);
        }
        if (newPhone is not null && newPhone != person.Phone)
        {
            await stepUp.RequireWhereChosenAsync(user.Id, ct);
            var index = vault.PhoneIndex(newPhone);
            if (await db.Users.AnyAsync(other => other.PhoneIndex == index, ct))
                throw new RuleViolatedException("PHONE_ALREADY_EXISTS");
            user.Await(user.PendingEmail, vault.SealValue(user, newPhone, "pending_phone"));
            await SendAsync(new(CodeRecipient.Sms, newPhone, index, user), ct);
        }
    }

    private async Task SendAsync(CodeRecipient recipient, CancellationToken ct)
    {
        await codes.IssueAsync(CodePurpose.Verification, recipient, ct);
        db.RecordAction(
            new CurrentUser(recipient.User!.Id, recipient.User.Role), "user.address_change_asked", "user", recipient.User.Id, clock.GetUtcNow(),
            ("channel", recipient.Channel));
    }
}
