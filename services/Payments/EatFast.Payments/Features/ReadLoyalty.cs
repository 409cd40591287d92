using System.ComponentModel.DataAnnotations;
using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

public sealed record PointsView(
    Guid Id, string Type, long Points, Guid SourceId, string? RewardId, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

public sealed record TierView(string Name, long FromPoints, int Multiplier, int DiscountPercent, bool FreeDelivery);

/// <summary>The programme has no pictures, stocks or ends of rewards: these members are there for the clients, and empty.</summary>
public sealed record RewardView(
    string Id, string Name, string Description, long PointsCost, string Type, long Value, bool IsAvailable, RewardDataView RewardData)
{
    public string? ImageUrl => null;

    public DateTimeOffset? ExpiresAt => null;

    public int? MaxRedemptions => null;

    public long CurrentRedemptions { get; init; }
}

/// <summary>What a reward comes to: money on the wallet, or off an order.</summary>
public sealed record RewardDataView(string Type, long ValueXaf, string Currency);

public sealed record RewardsQuery(
    [property: FromQuery(Name = "type"), AllowedValues(null, "discount", "free_delivery", "free_item", "cashback", "upgrade")]
    string? Type = null,
    [property: FromQuery(Name = "maxPointsCost"), Range(0, 1_000_000_000)] long? MaxPointsCost = null);

public sealed record ReadLoyaltyResponse(
    Guid Id, Guid UserId, long TotalPoints, long AvailablePoints, long UsedPoints, string CurrentTier, long PointsToNextTier,
    IReadOnlyList<PointsView> RecentTransactions, TierView TierBenefits, DateTimeOffset? CreatedAt, DateTimeOffset? UpdatedAt);

public sealed record ListPointsResponse(IReadOnlyList<PointsView> Transactions, Pagination Pagination);

public sealed record ListRewardsResponse(IReadOnlyList<RewardView> Rewards);

public sealed record ListTiersResponse(IReadOnlyList<TierView> Tiers);

public sealed record PointsQuery(
    [property: FromQuery(Name = "type"), AllowedValues(null, "earned", "redeemed", "expired", "bonus", "referral")] string? Type = null,
    [property: FromQuery(Name = "offset"), Range(0, 10_000_000)] int? Offset = null);

/// <summary>A customer's points, tier and what they can be turned into. Nothing here gives points.</summary>
internal static class ReadLoyalty
{
    private const int Recent = 10;

    public static void Map(IEndpointRouteBuilder loyalty)
    {
        loyalty.MapGet("/", Handle).WithName(nameof(ReadLoyalty)).WithSummary("My points and tier");
        loyalty.MapGet("/transactions", HandleTransactions).WithName("ListPoints").WithSummary("My points' history");
        loyalty.MapGet("/history", HandleTransactions).ExcludeFromDescription();
        loyalty.MapGet("/rewards", HandleRewards).WithName("ListRewards").WithSummary("What points can be turned into");
        loyalty.MapGet("/tiers", () => Answer.Ok(new ListTiersResponse([.. LoyaltyRules.Tiers.Select(ViewOf)])))
            .WithName("ListTiers").WithSummary("The programme's tiers");
    }

    internal static async Task<Ok<Envelope<ReadLoyaltyResponse>>> Handle(CurrentUser user, PaymentsDbContext db, CancellationToken ct)
    {
        var account = await db.LoyaltyAccounts.AsNoTracking().SingleOrDefaultAsync(row => row.CustomerId == user.Id, ct);
        var earned = account?.EarnedPoints ?? 0;
        var recent = await db.LoyaltyPoints.AsNoTracking().Where(row => row.CustomerId == user.Id)
            .OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(Recent).ToListAsync(ct);
        return Answer.Ok(new ReadLoyaltyResponse(
            user.Id, user.Id, earned, account?.AvailablePoints ?? 0, account?.UsedPoints ?? 0, LoyaltyRules.TierOf(earned).Name,
            LoyaltyRules.PointsToNext(earned), recent.ConvertAll(ViewOf), ViewOf(LoyaltyRules.TierOf(earned)), account?.CreatedAt,
            account?.UpdatedAt));
    }

    internal static async Task<Ok<Envelope<ListPointsResponse>>> HandleTransactions(
        [AsParameters] PageQuery page, [AsParameters] PointsQuery query, CurrentUser user, PaymentsDbContext db, CancellationToken ct)
    {
        var rows = db.LoyaltyPoints.AsNoTracking().Where(row => row.CustomerId == user.Id && (query.Type == null || row.Kind == query.Type));
        var total = await rows.LongCountAsync(ct);
        var found = await rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
            .Skip(query.Offset ?? page.Skip).Take(page.Limit).ToListAsync(ct);
        return Answer.Ok(new ListPointsResponse(found.ConvertAll(ViewOf), page.Of(total)));
    }

    internal static async Task<Ok<Envelope<ListRewardsResponse>>> HandleRewards(
        [AsParameters] RewardsQuery query, HttpContext http, CurrentUser user, PaymentsDbContext db, CancellationToken ct)
    {
        var available = await db.LoyaltyAccounts.Where(row => row.CustomerId == user.Id)
            .Select(row => row.AvailablePoints).SingleOrDefaultAsync(ct);
        var wanted = LoyaltyRules.Rewards.Where(reward => (query.Type ?? reward.Type) == reward.Type
            && reward.PointsCost <= (query.MaxPointsCost ?? long.MaxValue)).ToList();
        var used = await db.LoyaltyPoints.Where(row => row.CustomerId == user.Id && row.RewardId != null)
            .GroupBy(row => row.RewardId!).Select(rows => new { rows.Key, Count = rows.LongCount() }).ToDictionaryAsync(row => row.Key, row => row.Count, ct);
        var isEnglish = Language.Of(http) == Language.English;
        return Answer.Ok(new ListRewardsResponse([.. wanted.Select(reward => new RewardView(
            reward.Id, isEnglish ? reward.En : reward.Fr, isEnglish ? reward.En : reward.Fr, reward.PointsCost, reward.Type,
            reward.ValueXaf, available >= reward.PointsCost, new RewardDataView(reward.Type, reward.ValueXaf, "XAF"))
        {
            CurrentRedemptions = used.GetValueOrDefault(reward.Id)
        })]));
    }

    private static PointsView ViewOf(PointsMovement row) =>
        new(row.Id, row.Kind, row.Points, row.SourceId, row.RewardId, row.CreatedAt, row.ExpiresAt);

    private static TierView ViewOf(LoyaltyTier tier) =>
        new(tier.Name, tier.FromPoints, tier.Multiplier, tier.DiscountPercent, tier.HasFreeDelivery);
}
