using System.ComponentModel.DataAnnotations;
using System.Globalization;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Ordering.Clients;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Ordering.Features;

public sealed record PlaceGuestOrderRequest : GuestOrderBody
{
    [Required, NotEmpty]
    public Guid? RestaurantId { get; init; }
}

/// <summary><c>totalAmount</c> is written with a decimal point, without which the mobile client never starts the payment.</summary>
public sealed record PlaceGuestOrderResponse(
    Guid OrderId, string OrderNumber, string Status, string TrackingUrl, decimal TotalAmount, string Currency, string EstimatedDeliveryTime,
    PricingView Pricing);

/// <summary>Somebody without an account orders, and pays first or has proven the phone: for cash, somebody has to be there at the door.</summary>
internal static class PlaceGuestOrder
{
    public static void Map(IEndpointRouteBuilder guest) => guest
        .MapPost("/orders", Handle)
        .AddEndpointFilter(CarrySession)
        .WithIdempotency<OrderingDbContext>()
        .WithPlace()
        .WithName(nameof(PlaceGuestOrder))
        .WithSummary("Order as a guest");

    internal static async Task<Created<Envelope<PlaceGuestOrderResponse>>> Handle(
        PlaceGuestOrderRequest request, HttpContext http, Guests guests, Checkout checkout, Promotions promotions, OrderingDbContext db,
        OrderJournal journal, TimeProvider clock)
    {
        var (ct, now) = (http.RequestAborted, clock.GetUtcNow());
        var guest = await guests.RequireAsync(http.Request, request.SessionId, request.GuestPhone!, ct);
        RequirePayable(PaymentMethods.Of(request.PaymentMethod), guest);
        var draft = await checkout.DraftAsync(request.ToBasket(guest, request.RestaurantId!.Value), now, ct);
        var order = Order.Place(draft, now);
        var location = $"/api/v1/guest/orders/{order.Id}/tracking";
        var answer = AnswerOf(order, location);

        await using var placing = await promotions.BeginAsync(guest.Id, draft.Discount, ct);
        if (draft.Discount is { } discount)
            await promotions.RedeemAsync(order, discount, now, ct);
        db.Add(order);
        journal.Record(order, http);
        db.Remember(http, StatusCodes.Status201Created, location, new Envelope<PlaceGuestOrderResponse>(answer));
        await db.SaveChangesAsync(ct);
        await placing.CommitAsync(ct);
        return Answer.Created(location, answer);
    }

    // Cash needs somebody who was reached at that number, a wallet an account.
    private static void RequirePayable(string method, SessionGuest guest)
    {
        if (method == PaymentMethods.Cash && !guest.IsPhoneProven)
            throw new RuleViolatedException("GUEST_PAYS_FIRST");
        if (method == PaymentMethods.Wallet)
            throw new RuleViolatedException("PAYMENT_METHOD_UNAVAILABLE", ("method", method));
    }

    private static PlaceGuestOrderResponse AnswerOf(Order order, string location) => new(
        order.Id, order.OrderNumber, order.Status, location, order.Pricing.TotalXaf + 0.0m, "XAF",
        order.EstimatedDeliveryAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), Views.PricingOf(order.Pricing));

    // Repeats are known by the session in the header, where older clients send it in the body.
    private static ValueTask<object?> CarrySession(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Request.Headers;
        if (headers[Guests.Header].Count == 0 && context.Arguments.OfType<PlaceGuestOrderRequest>().FirstOrDefault()?.SessionId is { } session)
            headers[Guests.Header] = session;
        return next(context);
    }
}
