using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Http;
using EatFast.Ordering.Clients;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace EatFast.Ordering.Features;

public sealed record MobileHomeQuery(
    [property: FromQuery(Name = "lat"), Range(-90d, 90d)] double? Lat = null,
    [property: FromQuery(Name = "lng"), Range(-180d, 180d)] double? Lng = null,
    [property: FromQuery(Name = "city"), StringLength(60)] string? City = null,
    [property: FromQuery(Name = "limit"), Range(1, 30)] int Limit = 10,
    [property: FromQuery(Name = "fields"), StringLength(200)] string? Fields = null);

public sealed record ShowMobileHomeResponse(
    IReadOnlyList<HomeRestaurantView> Restaurants, HomeOrderView? ActiveOrder, IReadOnlyList<HomePromotionView> Promotions,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? UnreadCount);

public sealed record HomeRestaurantView(
    Guid Id, string Name, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ImageUrl,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ImageSrcset, double Rating,
    int DeliveryTime, long DeliveryFee, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Distance);

public sealed record HomeOrderView(Guid Id, string OrderNumber, string Status, string RestaurantName, DateTimeOffset EstimatedDeliveryTime);

public sealed record HomePromotionView(string Code, string Title, string Type, long Value);

/// <summary>A start screen in one small answer: what is open near by, the order under way, what is on offer, and how much is unread.</summary>
internal static class ShowMobileHome
{
    private const int MostPromotions = 5;

    public static void Map(IEndpointRouteBuilder mobile) => mobile
        .MapGet("/home", Handle)
        .AllowAnonymous()
        .WithName(nameof(ShowMobileHome))
        .WithSummary("The start screen in one call")
        .Produces<Envelope<ShowMobileHomeResponse>>()
        .Produces(304);

    internal static async Task<TaggedAnswer> Handle(
        [AsParameters] MobileHomeQuery query, HttpContext http, Neighbourhood around, UnreadCount unread, OrderingDbContext db,
        TimeProvider clock, IOptions<JsonOptions> json)
    {
        var (ct, user) = (http.RequestAborted, CurrentUser.From(http.User));
        // The neighbours answer while the database is read.
        var kitchens = around.OpenAroundAsync(query.Lat, query.Lng, query.City, query.Limit, ct);
        var count = user is null ? Task.FromResult<int?>(null) : unread.OfAsync(http.Request.Headers.Authorization!, ct);
        var order = user is null ? null : await ActiveOrderAsync(db, user.Id, ct);
        var promotions = await PromotionsAsync(db, clock.GetUtcNow(), ct);
        var restaurants = (await kitchens).Select(kitchen => new HomeRestaurantView(
            kitchen.Id, kitchen.Name, kitchen.ImageUrl.Length == 0 ? null : kitchen.ImageUrl,
            kitchen.ImageSrcset.Length == 0 ? null : kitchen.ImageSrcset, kitchen.Rating, kitchen.DeliveryMinutes,
            kitchen.DeliveryFeeXaf, kitchen.DistanceKm));
        var home = new ShowMobileHomeResponse([.. restaurants], order, promotions, await count);
        return TaggedAnswer.Of(home, json.Value.SerializerOptions, query.Fields);
    }

    // Uses ix_orders_customer_id_created_at.
    private static Task<HomeOrderView?> ActiveOrderAsync(OrderingDbContext db, Guid customerId, CancellationToken ct) => db.Orders
        .Where(order => order.CustomerId == customerId)
        .Where(order => order.Status != OrderStatus.Delivered && order.Status != OrderStatus.Completed && order.Status != OrderStatus.Cancelled
            && order.Status != OrderStatus.Rejected && order.Status != OrderStatus.Expired)
        .OrderByDescending(order => order.CreatedAt)
        .Select(order => new HomeOrderView(order.Id, order.OrderNumber, order.Status, order.Restaurant.Name, order.EstimatedDeliveryAt))
        .FirstOrDefaultAsync(ct);

    private static Task<List<HomePromotionView>> PromotionsAsync(OrderingDbContext db, DateTimeOffset now, CancellationToken ct) => db.Promotions
        .Where(promotion => promotion.IsActive && promotion.Terms.OwnerId == null && promotion.Terms.StartsAt <= now && promotion.Terms.EndsAt > now)
        .Where(promotion => promotion.Terms.UsageLimit == 0 || promotion.UsageCount < promotion.Terms.UsageLimit)
        .OrderBy(promotion => promotion.Terms.EndsAt).ThenBy(promotion => promotion.Id)
        .Take(MostPromotions)
        .Select(promotion => new HomePromotionView(
            promotion.Code, promotion.Terms.Title, PromotionView.WordOf(promotion.Terms.Type), promotion.Terms.Value))
        .ToListAsync(ct);
}
