namespace EatFast.Identity.Domain;

/// <summary>A place somebody has food brought to; where exactly that is rests sealed, like everything that names a person.</summary>
public sealed class Address
{
    public const int MaxPerUser = 20;

    private Address()
    {
    }

    public Guid Id { get; private set; }

    public Guid UserId { get; private set; }

    public string Content { get; private set; } = null!;

    public bool IsDefault { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public static Address Of(Guid id, Guid userId, string content, bool isDefault, DateTimeOffset now) => new()
    {
        Id = id,
        UserId = userId,
        Content = content,
        IsDefault = isDefault,
        CreatedAt = now,
        UpdatedAt = now
    };

    public void Change(string content, DateTimeOffset now) => (Content, UpdatedAt) = (content, now);

    public void Reseal(string content) => Content = content;

    public void MakeDefault(bool isDefault, DateTimeOffset now)
    {
        if (IsDefault != isDefault)
            (IsDefault, UpdatedAt) = (isDefault, now);
    }
}

/// <summary>A restaurant somebody wants to find again.</summary>
public sealed class Favorite
{
    public const int MaxPerUser = 500;

    private Favorite()
    {
    }

    public Guid UserId { get; private set; }

    public Guid RestaurantId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public static Favorite Of(Guid userId, Guid restaurantId, DateTimeOffset now) =>
        new() { UserId = userId, RestaurantId = restaurantId, CreatedAt = now };
}
