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
    public static void Map(IEndpointRouteBuilder restaurants) => restaurants
        .MapGet("/{restaurantId:guid}/delivery-fee", Handle)
        .AllowAnonymous()
        .WithName(nameof(QuoteDeliveryFee))
        .WithSummary("Ask for the delivery fee");

    internal static async Task<Ok<Envelope<QuoteDeliveryFeeResponse>>> Handle(
        Guid restaurantId, [AsParameters] DoorQuery door, Neighbourhood around, DeliveryQuotes delivery, CancellationToken ct)
    {
        var seller = await around.DescribeAsync(restaurantId, door.Y!.Value, door.X!.Value, ct);
        var (feeXaf, minutes) = await delivery.QuoteAsync(seller, door.Y.Value, door.X.Value, ct);
        return Answer.Ok(new QuoteDeliveryFeeResponse(
            restaurantId, feeXaf, "XAF", seller.MinimumOrderXaf, seller.PreparationMinutes + minutes));
    }
}
