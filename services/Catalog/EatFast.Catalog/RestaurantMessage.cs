using System.Linq.Expressions;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using Message = EatFast.Catalog.Contracts.V1.Restaurant;

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
        IsOpen = CatalogFunctions.IsOpen(r.Status, r.IsPaused, r.OperatingHours, now)
    };
}
