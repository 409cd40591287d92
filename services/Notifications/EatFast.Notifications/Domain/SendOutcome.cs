namespace EatFast.Notifications.Domain;

/// <summary>What became of one try to send: done, refused for good, or worth another try.</summary>
public sealed record SendOutcome(bool IsFinal, string? Reason)
{
    public static readonly SendOutcome Sent = new(true, null);

    public static SendOutcome Refused(string reason) => new(true, reason);

    public static SendOutcome TryAgain(string reason) => new(false, reason);
}
