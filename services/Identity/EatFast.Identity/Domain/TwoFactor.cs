namespace EatFast.Identity.Domain;

/// <summary>The kinds of second factor, as the clients name them.</summary>
public static class FactorMethod
{
    public const string Totp = "totp";
    public const string Sms = "sms";
    public const string Email = "email";
    public const string BackupCode = "backupCode";
}

/// <summary>How an account proves itself a second time; a new authenticator secret counts only once a code of it was shown.</summary>
public sealed class TwoFactor
{
    private TwoFactor()
    {
    }

    public Guid UserId { get; private set; }

    public string? TotpSecret { get; private set; }

    public string? PendingTotpSecret { get; private set; }

    public bool SmsEnabled { get; private set; }

    public bool EmailEnabled { get; private set; }

    public bool RequireForLogin { get; private set; } = true;

    public bool AllowTrustedDevices { get; private set; } = true;

    public bool RequireForSensitiveActions { get; private set; }

    /// <summary>The time step of the last accepted code: none of it or before it is accepted again.</summary>
    public long LastTotpStep { get; private set; }

    public bool TotpEnabled => TotpSecret is not null;

    public bool IsEnabled => TotpEnabled || SmsEnabled || EmailEnabled;

    public IReadOnlyList<string> Methods =>
    [
        .. TotpEnabled ? [FactorMethod.Totp] : Array.Empty<string>(),
        .. SmsEnabled ? [FactorMethod.Sms] : Array.Empty<string>(),
        .. EmailEnabled ? [FactorMethod.Email] : Array.Empty<string>(),
        .. IsEnabled ? [FactorMethod.BackupCode] : Array.Empty<string>()
    ];

    public static TwoFactor Of(Guid userId) => new() { UserId = userId };

    public void ProposeTotp(string sealedSecret) => PendingTotpSecret = sealedSecret;

    public void EnableTotp(long step) => (TotpSecret, PendingTotpSecret, LastTotpStep) = (PendingTotpSecret, null, step);

    public void DisableTotp() => (TotpSecret, PendingTotpSecret) = (null, null);

    public void Reseal(Func<string, string> reseal) =>
        (TotpSecret, PendingTotpSecret) =
            (TotpSecret is { } secret ? reseal(secret) : null, PendingTotpSecret is { } pending ? reseal(pending) : null);

    public void UseTotpStep(long step) => LastTotpStep = step;

    public void SetSms(bool isEnabled) => SmsEnabled = isEnabled;

    public void SetEmail(bool isEnabled) => EmailEnabled = isEnabled;

    public void Choose(bool? forLogin, bool? trustedDevices, bool? forSensitiveActions) =>
        (RequireForLogin, AllowTrustedDevices, RequireForSensitiveActions) =
            (forLogin ?? RequireForLogin, trustedDevices ?? AllowTrustedDevices, forSensitiveActions ?? RequireForSensitiveActions);

    public void DisableAll()
    {
        DisableTotp();
        (SmsEnabled, EmailEnabled) = (false, false);
    }
}

/// <summary>A code on paper for when the phone is lost; good once.</summary>
public sealed class BackupCode
{
    public const int PerUser = 10;

    private BackupCode()
    {
    }

    public Guid Id { get; private set; }

    public Guid UserId { get; private set; }

    public byte[] Hash { get; private set; } = null!;

    public DateTimeOffset? UsedAt { get; private set; }

    public static BackupCode Of(Guid id, Guid userId, byte[] hash) => new() { Id = id, UserId = userId, Hash = hash };
}

/// <summary>A device that need not show a second factor for thirty days, known by a secret that it was given.</summary>
public sealed class TrustedDevice
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    private TrustedDevice()
    {
    }

    public Guid Id { get; private set; }

    public Guid UserId { get; private set; }

    public byte[] TokenHash { get; private set; } = null!;

    public string Name { get; private set; } = "";

    public string DeviceType { get; private set; } = "";

    public string UserAgent { get; private set; } = "";

    public DateTimeOffset AddedAt { get; private set; }

    public DateTimeOffset LastUsedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public static TrustedDevice Of(Guid userId, byte[] tokenHash, string name, string deviceType, string userAgent, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserId = userId,
        TokenHash = tokenHash,
        Name = name,
        DeviceType = deviceType,
        UserAgent = userAgent,
        AddedAt = now,
        LastUsedAt = now,
        ExpiresAt = now + Lifetime
    };

    public void Use(DateTimeOffset now) => LastUsedAt = now;
}

/// <summary>
/// Somebody gave the right first factor and has five minutes and five tries for the second one: without such a row a second
/// factor cannot even be guessed.
/// </summary>
public sealed class SignInChallenge
{
    public const int MaxTries = 5;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private SignInChallenge()
    {
    }

    public Guid Id { get; private set; }

    public Guid UserId { get; private set; }

    public byte[] Device { get; private set; } = null!;

    public int Tries { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public static SignInChallenge Of(Guid userId, byte[] device, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), UserId = userId, Device = device, ExpiresAt = now + Lifetime };

    public bool TryOnce(DateTimeOffset now)
    {
        if (EndedAt is not null || ExpiresAt <= now || Tries >= MaxTries)
            return false;
        Tries++;
        return true;
    }

    public void End(DateTimeOffset now) => EndedAt ??= now;
}
