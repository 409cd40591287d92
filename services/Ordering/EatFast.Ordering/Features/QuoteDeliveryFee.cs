using System.ComponentModel.DataAnnotations;
using EatFast.Http;
using EatFast.Ordering.Clients;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EatFast.Ordering.Features;

public sealed record DoorQuery(
    [property: FromQuery(Name = "lat"), Range(-90d, 90d)] double? Lat = null,
    [property: FromQuery(Name = "latitude"), Range(-90d, 90d)] double? Latitude = null,
    [property: FromQuery(Name = "lng"), Range(-180d, 180d)] double? Lng = null,
    [property: FromQuery(Name = "longitude"), Range(-180d, 180d)] double? Longitude = null) : IValidatableObject
{
    internal double? Y => Lat ?? Latitude;

    internal double? X => Lng ?? Longitude;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Y is null || X is null)
            yield return new("A door needs lat and lng.", [Y is null ? "lat" : "lng"]);
    }
}

public sealed record QuoteDeliveryFeeResponse(Guid RestaurantId, long DeliveryFee, string Currency, long MinimumOrder, int EstimatedDeliveryTime);

/// <summary>Anyone asks what a delivery to a door would cost: the zone's fee, or the restaurant's, and what the way adds to it.</summary>
internal static class QuoteDeliveryFee
{
    // What the guests' client assumes when it gets no answer.
    private const long UsualFeeXaf = 1_500;

    public static void Map(IEndpointRouteBuilder restaurants, IEndpointRouteBuilder guest)
    {
        restaurants.MapGet("/{restaurantId:guid}/delivery-fee", Handle).AllowAnonymous()
            .WithName(nameof(QuoteDeliveryFee)).WithSummary("Ask for the delivery fee");
        guest.MapGet("/delivery-fee", HandleGuest).WithName("QuoteGuestDeliveryFee").WithSummary("Ask for the delivery fee of a guest's cart");
    }

    /// <summary>The guests' client names no restaurant: the one of the cart is meant.</summary>
    internal static async Task<Ok<Envelope<QuoteDeliveryFeeResponse>>> HandleGuest(
        [FromQuery(Name = "restaurantId")] Guid? restaurantId, [FromQuery(Name = "sessionId")] string? sessionId, [AsParameters] DoorQuery door,
        HttpRequest request, Guests guests, CartDesk desk, Neighbourhood around, DeliveryQuotes delivery, CancellationToken ct)
    {
        var isKnown = sessionId is { Length: > 0 } || request.Headers.ContainsKey(Guests.Header);
        if (restaurantId is null && isKnown)
        {
            var cart = await desk.OpenAsync(await guests.RequireAsync(request, sessionId, ct), ct);
            restaurantId = cart.Lines.Count > 0 ? cart.RestaurantId : null;
        }
        return restaurantId is { } id
            ? await Handle(id, door, around, delivery, ct)
            : Answer.Ok(new QuoteDeliveryFeeResponse(Guid.Empty, UsualFeeXaf, "XAF", 0, 0));
    }

    internal static async Task<Ok<Envelope<QuoteDeliveryFeeResponse>>> Handle(
        Guid restaurantId, [AsParameters] DoorQuery door, Neighbourhood around, DeliveryQuotes delivery, CancellationToken ct)
    {
        var seller = await around.DescribeAsync(restaurantId, door.Y!.Value, door.X!.Value, ct);
        var (feeXaf, minutes) = await delivery.QuoteAsync(seller, door.Y.Value, door.X.Value, ct);
        return Answer.Ok(new QuoteDeliveryFeeResponse(
            restaurantId, feeXaf, "XAF", seller.MinimumOrderXaf, seller.PreparationMinutes + minutes));
    }
}
