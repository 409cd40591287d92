namespace EatFast.Identity.Domain;

/// <summary>The person behind an account: what it carries of them, who vouches for them, and how they leave.</summary>
public sealed partial class User
{
    public DateTimeOffset? ErasedAt { get; private set; }
    public DateTimeOffset? ErasureToldAt { get; private set; }
    public string? DataKey { get; private set; }
    /// <summary>A keyed hash of the Google account that opens this one.</summary>
    public byte[]? GoogleIndex { get; private set; }
    /// <summary>The address of a picture.</summary>
    public string? Avatar { get; private set; }
    /// <summary>Sealed, and not in use before a code that went there was shown.</summary>
    public string? PendingEmail { get; private set; }
    public string? PendingPhone { get; private set; }
    /// <summary>What somebody says of themselves and prefers, sealed.</summary>
    public string? Extras { get; private set; }

    /// <summary>
    /// Nothing of the person is left but the id, which the books need, and the key that opened the rest is gone; there is no way back.
    /// </summary>
    public void Erase(SealedPersonalData nobody, string passwordOfNobody, DateTimeOffset now)
    {
        Carry(nobody);
        (PasswordHash, City, Status, StatusReason, SuspendedUntil) = (passwordOfNobody, null, UserStatus.Inactive, null, null);
        (EmailVerified, PhoneVerified, TwoFactorEnabled, LastLoginAt) = (false, false, false, null);
        (GoogleIndex, Avatar, PendingEmail, PendingPhone, Extras) = (null, null, null, null, null);
        (ErasedAt, ErasureToldAt) = (ErasedAt ?? now, now);
        RevokeTokens(now);
        Touch(now);
    }

    /// <summary>The others were told once more that this person is gone.</summary>
    public void RepeatErasure(DateTimeOffset now) => ErasureToldAt = now;

    /// <summary>From now on this Google account opens it; Google has proven the address.</summary>
    public void GoBy(byte[] googleIndex, DateTimeOffset now)
    {
        GoogleIndex = googleIndex;
        VerifyEmail(now);
    }

    /// <summary>Somebody else made this account for an address that was not theirs: what opens it to them ends here.</summary>
    public void HandOver(SealedPersonalData withoutPhone, DateTimeOffset now)
    {
        Carry(withoutPhone);
        Await(null, null);
        (PhoneVerified, TwoFactorEnabled) = (false, false);
        RevokeTokens(now);
        Touch(now);
    }

    public void Await(string? pendingEmail, string? pendingPhone) => (PendingEmail, PendingPhone) = (pendingEmail, pendingPhone);

    /// <summary>A new address or number was proven; what else is waited for stays.</summary>
    public void MoveTo(SealedPersonalData person, string? pendingEmail, string? pendingPhone, DateTimeOffset now)
    {
        Carry(person);
        Await(pendingEmail, pendingPhone);
        Touch(now);
    }

    public void Tell(string? extras) => Extras = extras;

    public void ShowAs(string? avatar, DateTimeOffset now)
    {
        Avatar = avatar;
        Touch(now);
    }

    /// <summary>The same person under another key.</summary>
    public void Reseal(SealedPersonalData person)
    {
        Carry(person);
        Version++;
    }

    private void Carry(SealedPersonalData person)
    {
        (Email, Phone, FirstName, LastName) = (person.Email, person.Phone, person.FirstName, person.LastName);
        (EmailIndex, PhoneIndex, DataKey) = (person.EmailIndex, person.PhoneIndex, person.DataKey);
    }
}
