using EatFast.Errors;

namespace EatFast.Identity.Domain;

/// <summary>An account. It carries its personal data sealed, so nothing that reads or prints a user can leak them.</summary>
public sealed partial class User
{
    private User()
    {
    }

    public Guid Id { get; private set; }
    public string Email { get; private set; } = null!;
    public string Phone { get; private set; } = null!;
    public string FirstName { get; private set; } = null!;
    public string LastName { get; private set; } = null!;
    public byte[] EmailIndex { get; private set; } = null!;
    public byte[] PhoneIndex { get; private set; } = null!;
    public string PasswordHash { get; private set; } = null!;
    public string Role { get; private set; } = null!;
    public string Status { get; private set; } = null!;
    public string? StatusReason { get; private set; }
    public DateTimeOffset? SuspendedUntil { get; private set; }
    public string Language { get; private set; } = null!;
    public string? City { get; private set; }
    public bool EmailVerified { get; private set; }
    public bool PhoneVerified { get; private set; }
    public bool TwoFactorEnabled { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset UpdatedAt { get; private set; }
    public DateTimeOffset? LastLoginAt { get; private set; }

    /// <summary>Stands in every access token; older ones are refused everywhere.</summary>
    public int TokenVersion { get; private set; }
    public DateTimeOffset? TokensRevokedAt { get; private set; }
    public int Version { get; private set; }

    /// <summary>Refuses with ROLE_NOT_ALLOWED: nobody makes themselves an administrator.</summary>
    public static User Register(
        Guid id, SealedPersonalData person, string passwordHash, string role, string language, string? city, DateTimeOffset now)
    {
        if (role == UserRole.Admin)
            throw new RuleViolatedException("ROLE_NOT_ALLOWED");
        var status = UserRole.NeedsApproval(role) ? UserStatus.Pending : UserStatus.Active;
        return Create(id, person, passwordHash, role, status, language, city, now);
    }

    /// <summary>An account that somebody with the right to do so vouches for: any role, active at once.</summary>
    public static User Appoint(
        Guid id, SealedPersonalData person, string passwordHash, string role, string language, string? city, DateTimeOffset now) =>
        Create(id, person, passwordHash, role, UserStatus.Active, language, city, now);

    /// <summary>Refuses with ACCOUNT_SUSPENDED. A pending account may sign in: its owner has to see that it waits.</summary>
    public void EnsureMaySignIn(DateTimeOffset now)
    {
        if (Status == UserStatus.Inactive || (Status == UserStatus.Suspended && !IsSuspensionOver(now)))
            throw new RuleViolatedException("ACCOUNT_SUSPENDED");
    }

    // Not a new version: signing in on one device must not make a profile edit on another one fail.
    public void MarkSignedIn(DateTimeOffset now) => LastLoginAt = now;

    public void UpdateProfile(SealedPersonalData person, string language, string? city, DateTimeOffset now)
    {
        Carry(person);
        (Language, City) = (language, city);
        Touch(now);
    }

    /// <summary>
    /// True when the status changed. Refuses with STATUS_NOT_POSSIBLE: only an active account can be suspended, and none can go
    /// back to waiting. Whoever is kept out loses the tokens in hand.
    /// </summary>
    public bool ChangeStatus(string status, string? reason, DateTimeOffset? until, DateTimeOffset now)
    {
        var isNewTerm = status == UserStatus.Suspended && (until != SuspendedUntil || reason != StatusReason);
        if (status == Status && !isNewTerm)
            return false;
        if (!UserStatus.MayFollow(Status, status))
            throw new RuleViolatedException("STATUS_NOT_POSSIBLE", ("status", status), ("current", Status));
        (Status, StatusReason, SuspendedUntil) = (status, reason, status == UserStatus.Suspended ? until : null);
        if (status != UserStatus.Active)
            RevokeTokens(now);
        Touch(now);
        return true;
    }

    /// <summary>True when a suspension that had an end has reached it.</summary>
    public bool LiftSuspension(DateTimeOffset now)
    {
        if (Status != UserStatus.Suspended || !IsSuspensionOver(now))
            return false;
        (Status, StatusReason, SuspendedUntil) = (UserStatus.Active, null, null);
        Touch(now);
        return true;
    }

    /// <summary>True when the role changed: tokens of the old one are refused from now on, also where they were good for more.</summary>
    public bool ChangeRole(string role, DateTimeOffset now)
    {
        if (role == Role)
            return false;
        Role = role;
        RevokeTokens(now);
        Touch(now);
        return true;
    }

    public void ChangePassword(string passwordHash, DateTimeOffset now)
    {
        PasswordHash = passwordHash;
        Touch(now);
    }

    /// <summary>The same password under another work factor: nobody is signed out.</summary>
    public void RenewHash(string passwordHash) => PasswordHash = passwordHash;

    public void VerifyEmail(DateTimeOffset now)
    {
        EmailVerified = true;
        Touch(now);
    }

    public void SetTwoFactor(bool isEnabled, DateTimeOffset now)
    {
        if (TwoFactorEnabled == isEnabled)
            return;
        TwoFactorEnabled = isEnabled;
        Touch(now);
    }

    public void VerifyPhone(DateTimeOffset now)
    {
        PhoneVerified = true;
        Touch(now);
    }

    /// <summary>Ends every access token that was signed for this account until now.</summary>
    public void RevokeTokens(DateTimeOffset now)
    {
        TokenVersion++;
        TokensRevokedAt = now;
    }

    private bool IsSuspensionOver(DateTimeOffset now) => SuspendedUntil <= now;

    private static User Create(
        Guid id, SealedPersonalData person, string passwordHash, string role, string status,
        string language, string? city, DateTimeOffset now)
    {
        var user = new User
        {
            Id = id,
            PasswordHash = passwordHash,
            Role = role,
            Status = status,
            Language = language,
            City = city,
            CreatedAt = now,
            UpdatedAt = now
        };
        user.Carry(person);
        return user;
    }

    private void Touch(DateTimeOffset now)
    {
        UpdatedAt = now;
        Version++;
    }
}
