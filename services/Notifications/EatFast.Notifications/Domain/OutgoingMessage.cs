namespace EatFast.Notifications.Domain;

public static class Channels
{
    public const string Sms = "sms";
    public const string Email = "email";
}

public static class MessageStatus
{
    public const string Queued = "queued";
    public const string Sent = "sent";
    public const string Delivered = "delivered";
    public const string Undeliverable = "undeliverable";
    public const string Failed = "failed";
}

/// <summary>
/// A text or e-mail to be sent. Address and wording are looked up when it leaves, so that no personal data rests here;
/// only an operator's own words and number are stored, sealed, until then.
/// </summary>
public sealed class OutgoingMessage
{
    /// <summary>The value that names the language of a text that is already worded.</summary>
    public const string Language = "language";

    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)];

    private OutgoingMessage()
    {
    }

    public Guid Id { get; private set; }

    public string Kind { get; private set; } = "";

    public string Channel { get; private set; } = "";

    public Guid SubjectId { get; private set; }

    public Guid? UserId { get; private set; }

    public Guid? OrderId { get; private set; }

    public IReadOnlyDictionary<string, string> Values { get; private set; } = new Dictionary<string, string>();

    public string? SealedPhone { get; private set; }

    public string? SealedText { get; private set; }

    public string Status { get; private set; } = MessageStatus.Queued;

    /// <summary>Also the fence: a sender that was paused past its lease finds another number here.</summary>
    public int Attempts { get; private set; }

    public DateTimeOffset DueAt { get; private set; }

    public DateTimeOffset? LeaseUntil { get; private set; }

    public string? Reason { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    public DateTimeOffset? ReportedAt { get; private set; }

    public static OutgoingMessage Of(News news, string channel, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Kind = news.Kind.Name,
        Channel = channel,
        SubjectId = news.SubjectId,
        UserId = news.UserId,
        OrderId = news.OrderId,
        Values = news.Values,
        CreatedAt = now,
        DueAt = now
    };

    public static OutgoingMessage ByOperator(Guid id, Guid? userId, string? sealedPhone, string sealedText, DateTimeOffset now) => new()
    {
        Id = id,
        Kind = NotificationKind.OperatorSms.Name,
        Channel = Channels.Sms,
        SubjectId = id,
        UserId = userId,
        SealedPhone = sealedPhone,
        SealedText = sealedText,
        CreatedAt = now,
        DueAt = now
    };

    /// <summary>A code or a letter on its way; address and words rest sealed until it is sent.</summary>
    public static OutgoingMessage WithSecret(
        Guid id, NotificationKind kind, string channel, Guid subjectId, Guid? userId, string sealedAddress, string sealedText, string language,
        DateTimeOffset now) => new()
        {
            Id = id,
            Kind = kind.Name,
            Channel = channel,
            SubjectId = subjectId,
            UserId = userId,
            SealedPhone = sealedAddress,
            SealedText = sealedText,
            Values = new Dictionary<string, string> { [Language] = language },
            CreatedAt = now,
            DueAt = now
        };

    /// <summary>How long to wait after this many tries, or null when it was tried often enough.</summary>
    public static TimeSpan? PauseAfter(int attempts) => attempts <= Pauses.Length ? Pauses[Math.Max(attempts, 1) - 1] : null;
}
