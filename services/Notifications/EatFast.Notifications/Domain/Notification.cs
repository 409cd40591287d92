namespace EatFast.Notifications.Domain;

/// <summary>One entry of a user's list in the app; only kind and values are kept, the sentence is made in the reader's language.</summary>
public sealed class Notification
{
    private Notification()
    {
    }

    public Guid Id { get; private set; }

    public Guid UserId { get; private set; }

    public string Kind { get; private set; } = "";

    /// <summary>What it is about (order, refund, user): the same kind is told once per subject.</summary>
    public Guid SubjectId { get; private set; }

    public Guid? OrderId { get; private set; }

    public Guid? RestaurantId { get; private set; }

    public Guid? DriverId { get; private set; }

    public IReadOnlyDictionary<string, string> Values { get; private set; } = new Dictionary<string, string>();

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? ReadAt { get; private set; }

    public static Notification Of(News news, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserId = news.UserId,
        Kind = news.Kind.Name,
        SubjectId = news.SubjectId,
        OrderId = news.OrderId,
        RestaurantId = news.RestaurantId,
        DriverId = news.DriverId,
        Values = news.Values,
        CreatedAt = now
    };

    public void Read(DateTimeOffset now) => ReadAt ??= now;
}

/// <summary>Something a user should learn, before it is decided on which channels.</summary>
public sealed record News(NotificationKind Kind, Guid UserId, Guid SubjectId)
{
    public Guid? OrderId { get; init; }

    public Guid? RestaurantId { get; init; }

    public Guid? DriverId { get; init; }

    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();
}
