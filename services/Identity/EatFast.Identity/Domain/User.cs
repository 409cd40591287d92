using EatFast.Errors;

namespace EatFast.Identity.Domain;

/// <summary>An account. It carries its personal data sealed, so nothing that reads or prints a user can leak them.</summary>
public sealed class User
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

    public string Language { get; private set; } = null!;

    public string? City { get; private set; }

    public bool EmailVerified { get; private set; }

    public bool PhoneVerified { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? LastLoginAt { get; private set; }

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
    public void EnsureMaySignIn()
    {
        if (Status is UserStatus.Suspended or UserStatus.Inactive)
            throw new RuleViolatedException("ACCOUNT_SUSPENDED");
    }

    // Not a new version: signing in on one device must not make a profile edit on another one fail.
    public void MarkSignedIn(DateTimeOffset now) => LastLoginAt = now;

    public void UpdateProfile(SealedPersonalData person, string language, string? city, DateTimeOffset now)
    {
        Carry(person);
        (Language, City, UpdatedAt) = (language, city, now);
        Version++;
    }

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

    private void Carry(SealedPersonalData person)
    {
        (Email, Phone, FirstName, LastName) = (person.Email, person.Phone, person.FirstName, person.LastName);
        (EmailIndex, PhoneIndex) = (person.EmailIndex, person.PhoneIndex);
    }
}
