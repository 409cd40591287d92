using System.Security.Cryptography;
using System.Text;

namespace EatFast.Ordering.Domain;

/// <summary>Something that happened, stored once however often it is told: its id is made of what it says.</summary>
public sealed class AnalyticsEvent
{
    public const string UserRegistered = "user_registered";
    public const string RestaurantRegistered = "restaurant_registered";

    private static readonly string[] OurPrefixes = ["order_", "payment_", "delivery_", "restaurant_", "notification_"];

    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public Guid? UserId { get; init; }
    public string? SessionId { get; init; }
    public Guid? OrderId { get; init; }
    public Guid? RestaurantId { get; init; }
    public long? AmountXaf { get; init; }
    /// <summary>JSON, as its client sent it.</summary>
    public string? Properties { get; init; }

    /// <summary>The same words make the same id, so a second telling is the same row.</summary>
    public static Guid IdOf(string what)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan(0, 16);
        // Marked as what it is, a UUIDv8: made of content, not of time.
        bytes[6] = (byte)(0x80 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>What the platform counts itself: a client that told it too would make it untrue, here or at Google Analytics.</summary>
    public static bool IsOurs(string name) =>
        name is UserRegistered or "purchase" or "refund" or "sign_up" || Array.Exists(OurPrefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    internal static AnalyticsEvent Of(Order order, OrderEvent change, DateTimeOffset recordedAt) => new()
    {
        Id = IdOf($"order {order.Id:N} {change.Version}"),
        Name = change.Kind.StartsWith("payment_", StringComparison.Ordinal) ? change.Kind : $"order_{change.Kind}",
        OccurredAt = change.At,
        RecordedAt = recordedAt,
        UserId = order.CustomerId,
        OrderId = order.Id,
        RestaurantId = order.RestaurantId,
        AmountXaf = change.AmountXaf ?? order.Pricing.TotalXaf
    };
}

/// <summary>How often something happened in an hour or a day, and what it was worth; always made anew from the events themselves.</summary>
public sealed class AnalyticsRollup
{
    public const string Hour = "hour";
    public const string Day = "day";

    public required string Grain { get; init; }
    public required DateTimeOffset Bucket { get; init; }
    public required string Name { get; init; }
    public int Count { get; private set; }
    public long AmountXaf { get; private set; }

    public void Set(int count, long amountXaf) => (Count, AmountXaf) = (count, amountXaf);
}
