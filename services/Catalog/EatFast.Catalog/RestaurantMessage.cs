using System.Linq.Expressions;
using EatFast.Catalog.Contracts.V1;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using Message = EatFast.Catalog.Contracts.V1.Restaurant;
using Restaurant = EatFast.Catalog.Domain.Restaurant;

namespace EatFast.Catalog;

/// <summary>A restaurant as the other services are told about it.</summary>
internal static class RestaurantMessage
{
    public static Expression<Func<Restaurant, Message>> At(DateTimeOffset now) => r => new Message
    {
        RestaurantId = r.Id.ToString(),
        OwnerId = r.OwnerId.ToString(),
        Name = r.Name,
        Phone = r.Phone,
        Street = r.Street,
        City = r.City,
        District = r.District,
        Latitude = r.Latitude,
        Longitude = r.Longitude,
        DeliveryFeeXaf = r.DeliveryFeeXaf,
        MinimumOrderXaf = r.MinimumOrderXaf,
        PreparationMinutes = r.PreparationMinutes,
        Status = r.Status,
        IsOpen = CatalogFunctions.IsOpen(r.Status, r.IsPaused, r.PausedUntil, r.ClosedOn, r.OperatingHours, now),
        CommissionPercent = (double)r.CommissionPercent,
        AcceptsAutomatically = r.AcceptsAutomatically
    };

    /// <summary>Fee and minimum as they are at that door. Refuses with DELIVERY_AREA_NOT_COVERED.</summary>
    public static Message To(this Message restaurant, Destination? door, DeliveryArea area)
    {
        if (door is null)
            return restaurant;
        var usual = new DeliveryTerms(restaurant.DeliveryFeeXaf, restaurant.MinimumOrderXaf, null);
        var terms = area.TermsTo(new(door.Latitude, door.Longitude), new(restaurant.Latitude, restaurant.Longitude), usual);
        (restaurant.DeliveryFeeXaf, restaurant.MinimumOrderXaf) = (terms.FeeXaf, terms.MinimumOrderXaf);
        return restaurant;
    }
}
