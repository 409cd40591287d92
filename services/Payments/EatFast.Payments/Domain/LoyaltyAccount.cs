using EatFast.Errors;

namespace EatFast.Payments.Domain;

public static class PointsKind
{
    public const string Earned = "earned";
    public const string Redeemed = "redeemed";
    public const string Expired = "expired";
}

/// <summary>A movement of points; what was earned remembers how much of it is left, as the oldest are used and expire first.</summary>
public sealed class PointsMovement
{
    private PointsMovement()
    {
    }

    public Guid Id { get; private init; }
    public Guid CustomerId { get; private init; }
    public string Kind { get; private init; } = "";
    public long Points { get; private init; }
    /// <summary>The order or redemption it comes from; counted once per kind.</summary>
    public Guid SourceId { get; private init; }
    public long LeftPoints { get; private set; }
    public string? RewardId { get; private init; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset? ExpiresAt { get; private init; }

    internal static PointsMovement Of(
        string kind, Guid customerId, Guid sourceId, long points, DateTimeOffset now, DateTimeOffset? expiresAt = null,
        string? rewardId = null) => new()
        {
            Id = Guid.CreateVersion7(now),
            CustomerId = customerId,
            Kind = kind,
            SourceId = sourceId,
            Points = points,
            LeftPoints = Math.Max(0, points),
            RewardId = rewardId,
            CreatedAt = now,
            ExpiresAt = expiresAt
        };

    internal long Use(long wanted)
    {
        var used = Math.Min(wanted, LeftPoints);
        LeftPoints -= used;
        return used;
    }
}

/// <summary>A customer's points. What was earned in all makes the tier, what is available can be redeemed.</summary>
public sealed class LoyaltyAccount
{
    private LoyaltyAccount()
    {
    }

    public Guid CustomerId { get; private init; }
    public long AvailablePoints { get; private set; }
    public long EarnedPoints { get; private set; }
    public long UsedPoints { get; private set; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset UpdatedAt { get; private set; }
    /// <summary>The rules by which others were last told what this customer's tier gives; null when they have to be told.</summary>
    public string? ToldEdition { get; private set; }
    public int Version { get; private set; }

    public static LoyaltyAccount Open(Guid customerId, DateTimeOffset now) =>
        new() { CustomerId = customerId, CreatedAt = now, UpdatedAt = now };

    /// <summary>Null when the order is too small for a point.</summary>
    public PointsMovement? Earn(Guid orderId, long foodXaf, DateTimeOffset now, TimeSpan lifetime)
    {
        var points = LoyaltyRules.PointsFor(Math.Max(0, foodXaf), EarnedPoints);
        if (points == 0)
            return null;
        EarnedPoints += points;
        Change(points, now);
        return PointsMovement.Of(PointsKind.Earned, CustomerId, orderId, points, now, now + lifetime);
    }

    /// <summary>Uses the oldest points first. Refuses with INSUFFICIENT_POINTS.</summary>
    public PointsMovement Redeem(Guid redemptionId, LoyaltyReward reward, IEnumerable<PointsMovement> oldestFirst, DateTimeOffset now)
    {
        if (AvailablePoints < reward.PointsCost)
            throw new RuleViolatedException("INSUFFICIENT_POINTS", ("available", AvailablePoints), ("cost", reward.PointsCost));
        var wanted = reward.PointsCost;
        foreach (var earned in oldestFirst)
            wanted -= earned.Use(wanted);
        UsedPoints += reward.PointsCost;
        Change(-reward.PointsCost, now);
        return PointsMovement.Of(PointsKind.Redeemed, CustomerId, redemptionId, -reward.PointsCost, now, rewardId: reward.Id);
    }

    public PointsMovement Expire(PointsMovement earned, DateTimeOffset now)
    {
        var lost = earned.Use(long.MaxValue);
        Change(-lost, now);
        return PointsMovement.Of(PointsKind.Expired, CustomerId, earned.Id, -lost, now);
    }

    /// <summary>The same points by the rules of today: a later state for who hears of it.</summary>
    public void TellAgain()
    {
        ToldEdition = LoyaltyRules.Edition;
        Version++;
    }

    // Whoever changes points announces it.
    private void Change(long points, DateTimeOffset now)
    {
        AvailablePoints += points;
        UpdatedAt = now;
        TellAgain();
    }
}
