using System.ComponentModel.DataAnnotations;
using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Ordering.Features;

/// <summary>POST /orders.</summary>
public sealed record PlaceOrderRequest : PlaceOrderBody
{
    [Required, NotEmpty]
    public Guid? RestaurantId { get; init; }
}

/// <summary>POST /restaurants/{restaurantId}/orders: the address of the route names the restaurant.</summary>
public sealed record PlaceOrderAtRestaurantRequest : PlaceOrderBody;

/// <summary>A customer turns a basket into an order. It is unpaid at first, and nobody in the kitchen sees it yet.</summary>
internal static class PlaceOrder
{
    public static void Map(IEndpointRouteBuilder orders, IEndpointRouteBuilder restaurants)
    {
        orders.MapPost("/", Handle)
            .WithIdempotency<OrderingDbContext>()
            .WithPlace()
            .RequireAuthorization(Policies.Customer)
            .WithName(nameof(PlaceOrder))
            .WithSummary("Place an order");
        restaurants.MapPost("/{restaurantId:guid}/orders", HandleAtRestaurant)
            .WithIdempotency<OrderingDbContext>()
            .WithPlace()
            .RequireAuthorization(Policies.Customer)
            .WithName("PlaceOrderAtRestaurant")
            .WithSummary("Place an order at this restaurant");
    }

    internal static Task<Created<Envelope<OrderView>>> Handle(
        PlaceOrderRequest request, HttpContext http, Checkout checkout, Promotions promotions, OrderingDbContext db,
        OrderJournal journal, TimeProvider clock, CancellationToken ct) =>
        PlaceAsync(request.RestaurantId!.Value, request, http, checkout, promotions, db, journal, clock, ct);

    internal static Task<Created<Envelope<OrderView>>> HandleAtRestaurant(
        Guid restaurantId, PlaceOrderAtRestaurantRequest request, HttpContext http, Checkout checkout, Promotions promotions,
        OrderingDbContext db, OrderJournal journal, TimeProvider clock, CancellationToken ct) =>
        PlaceAsync(restaurantId, request, http, checkout, promotions, db, journal, clock, ct);

    private static async Task<Created<Envelope<OrderView>>> PlaceAsync(
        Guid restaurantId, PlaceOrderBody body, HttpContext http, Checkout checkout, Promotions promotions, OrderingDbContext db,
        OrderJournal journal, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var customer = CurrentUser.From(http.User)!;
        var draft = await checkout.DraftAsync(body.ToOrder(customer.Id, restaurantId), now, ct);
        var order = Order.Place(draft, now);
        var location = $"/api/v1/orders/{order.Id}";
        var view = Views.Of(order, customer.AsActor(), Language.Of(http));

        await using var placing = await promotions.BeginAsync(customer.Id, draft.Discount, ct);
        if (draft.Discount is { } discount)
            await promotions.RedeemAsync(order, discount, now, ct);
        db.Add(order);
        journal.Record(order, http);
        // The answer is saved with the order, so a repeat that arrives at any time gets these bytes.
        db.Remember(http, StatusCodes.Status201Created, location, new Envelope<OrderView>(view));
        await db.SaveChangesAsync(ct);
        await placing.CommitAsync(ct);

        return Answer.Created(location, view);
    }
}
