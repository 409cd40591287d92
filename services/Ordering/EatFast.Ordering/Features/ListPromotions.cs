using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

public sealed record ListPromotionsResponse(IReadOnlyList<PromotionView> Promotions);

public sealed record ListAllPromotionsResponse(IReadOnlyList<OwnPromotionView> Promotions, Pagination Pagination);

public sealed record ListRedemptionsResponse(IReadOnlyList<RedemptionView> Redemptions, Pagination Pagination);

public sealed record RedemptionView(Guid OrderId, string Code, string Title, long DiscountAmount, DateTimeOffset UsedAt, bool WasReturned);

/// <summary>Anyone sees what is on offer now, and codes of one's own, a customer what was used, an admin everything.</summary>
internal static class ListPromotions
{
    private const int MostOnOffer = 100;

    public static void Map(IEndpointRouteBuilder promotions, IEndpointRouteBuilder admin)
    {
        promotions.MapGet("/active", HandleActive).AllowAnonymous().WithName("ListActivePromotions").WithSummary("List current promotions");
        promotions.MapGet("/history", HandleHistory).RequireAuthorization(Policies.Customer)
            .WithName("ListRedemptions").WithSummary("List the promotions you used");
        admin.MapGet("/", HandleAll).WithName("ListPromotions").WithSummary("List all promotions");
    }

    internal static async Task<Ok<Envelope<ListPromotionsResponse>>> HandleActive(
        [FromQuery(Name = "restaurantId")] Guid? restaurantId, HttpContext http, OrderingDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var caller = CurrentUser.From(http.User)?.Id;
        var current = await db.Promotions.AsNoTracking()
            .Where(promotion => promotion.IsActive && promotion.Terms.StartsAt <= now && promotion.Terms.EndsAt > now)
            .Where(promotion => promotion.Terms.OwnerId == null || promotion.Terms.OwnerId == caller)
            .Where(promotion => promotion.Terms.UsageLimit == 0 || promotion.UsageCount < promotion.Terms.UsageLimit)
            .OrderBy(promotion => promotion.Terms.EndsAt).ThenBy(promotion => promotion.Id)
            .Take(MostOnOffer).ToListAsync(ct);
        return Answer.Ok(new ListPromotionsResponse([.. current.Where(promotion => AppliesAt(promotion, restaurantId)).Select(PromotionView.Of)]));
    }

    internal static async Task<Ok<Envelope<ListRedemptionsResponse>>> HandleHistory(
        [AsParameters] PageQuery page, CurrentUser user, OrderingDbContext db, CancellationToken ct)
    {
        var mine = db.Redemptions.Where(used => used.CustomerId == user.Id);
        var total = await mine.LongCountAsync(ct);
        var shown = await mine.OrderByDescending(used => used.RedeemedAt).ThenBy(used => used.OrderId).Skip(page.Skip).Take(page.Limit)
            .Join(db.Promotions, used => used.PromotionId, promotion => promotion.Id, (used, promotion) => new RedemptionView(
                used.OrderId, promotion.Code, promotion.Terms.Title, used.DiscountXaf, used.RedeemedAt, used.ReleasedAt != null))
            .ToListAsync(ct);
        return Answer.Ok(new ListRedemptionsResponse(shown, page.Of(total)));
    }

    internal static async Task<Ok<Envelope<ListAllPromotionsResponse>>> HandleAll(
        [AsParameters] PageQuery page, OrderingDbContext db, CancellationToken ct)
    {
        var total = await db.Promotions.LongCountAsync(ct);
        var shown = await db.Promotions.AsNoTracking().OrderByDescending(promotion => promotion.CreatedAt).ThenBy(promotion => promotion.Id)
            .Skip(page.Skip).Take(page.Limit).ToListAsync(ct);
        return Answer.Ok(new ListAllPromotionsResponse(shown.ConvertAll(OwnPromotionView.Of), page.Of(total)));
    }

    private static bool AppliesAt(Promotion promotion, Guid? restaurantId) =>
        restaurantId is not { } id || promotion.Terms.RestaurantIds.Count == 0 || promotion.Terms.RestaurantIds.Contains(id);
}
