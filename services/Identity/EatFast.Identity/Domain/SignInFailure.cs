namespace EatFast.Identity.Domain;

/// <summary>One wrong password, or one that is just being checked: account, device and address are keyed hashes.</summary>
public sealed class SignInFailure
{
    private SignInFailure()
    {
    }

    public Guid Id { get; private set; }

    public byte[] Account { get; private set; } = null!;

    public byte[] Device { get; private set; } = null!;

    public byte[] Origin { get; private set; } = null!;

    public DateTimeOffset At { get; private set; }

    /// <summary>False while the password is still being checked.</summary>
    public bool IsCertain { get; private set; }

    public static SignInFailure Of(byte[] account, byte[] device, byte[] origin, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Account = account, Device = device, Origin = origin, At = now };
}
