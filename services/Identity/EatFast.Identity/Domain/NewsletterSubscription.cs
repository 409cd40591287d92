namespace EatFast.Identity.Domain;

/// <summary>Whether somebody gets the newsletter.</summary>
public static class SubscriptionStatus
{
    public const string Pending = "pending";
    public const string Subscribed = "subscribed";
    public const string Unsubscribed = "unsubscribed";
}

/// <summary>Who wants to read about what.</summary>
public sealed record NewsletterContent(string Email, string? FirstName, string? LastName, IReadOnlyList<string> Interests, string? Source)
{
    public override string ToString() => $"{nameof(NewsletterContent)} {{ hidden }}";
}

/// <summary>
/// An address that gets the newsletter once its owner has confirmed it: anybody can type anybody's address. Who unsubscribes leaves only
/// the hash of the address for a while, so that a stranger cannot have it mailed over and over.
/// </summary>
public sealed class NewsletterSubscription : Submission<NewsletterContent>
{
    private static readonly TimeSpan MailPause = TimeSpan.FromHours(1);

    private NewsletterSubscription()
    {
    }

    public string Status { get; private set; } = SubscriptionStatus.Pending;

    public string? City { get; private set; }

    public string Language { get; private set; } = null!;

    /// <summary>Of what the mail holds: it confirms, and unsubscribes later.</summary>
    public byte[]? TokenHash { get; private set; }

    public DateTimeOffset? MailedAt { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    protected override string Table => "newsletter_subscriptions";

    public static NewsletterSubscription Of(
        NewsletterContent content, string? city, string language, byte[] emailIndex, DateTimeOffset now)
    {
        var subscription = new NewsletterSubscription { Id = Guid.CreateVersion7(now), EmailIndex = emailIndex, CreatedAt = now };
        subscription.Ask(content, city, language, now);
        return subscription;
    }

    /// <summary>Once confirmed, wishes stay as they are: a stranger may have typed the address.</summary>
    public void Ask(NewsletterContent content, string? city, string language, DateTimeOffset now)
    {
        if (Status == SubscriptionStatus.Subscribed)
            return;
        Write(content);
        (Status, City, Language, UpdatedAt) = (SubscriptionStatus.Pending, city, language, now);
    }

    /// <summary>True when a mail has to ask whether it is wanted; within the hour of the last one none has.</summary>
    public bool NeedsMail(DateTimeOffset now) => Status == SubscriptionStatus.Pending && (MailedAt is null || MailedAt <= now - MailPause);

    public void MarkMailed(byte[] tokenHash, DateTimeOffset now) => (TokenHash, MailedAt) = (tokenHash, now);

    /// <summary>False when the one that was asked for is none any more.</summary>
    public bool Confirm(DateTimeOffset now)
    {
        if (Status == SubscriptionStatus.Pending)
            (Status, ConfirmedAt, UpdatedAt) = (SubscriptionStatus.Subscribed, now, now);
        return Status == SubscriptionStatus.Subscribed;
    }

    public void Unsubscribe(DateTimeOffset now)
    {
        if (Status == SubscriptionStatus.Unsubscribed)
            return;
        Shred();
        (Status, City, ConfirmedAt, UpdatedAt) = (SubscriptionStatus.Unsubscribed, null, null, now);
    }
}
