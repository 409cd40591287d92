using System.Globalization;
using EatFast.Errors;
using EatFast.Ordering.Data;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;
using Reply = EatFast.Ordering.Contracts.V1.Order;

namespace EatFast.Ordering.Features;

/// <summary>An order for our own services, codes and address included; it is only reachable on the internal port.</summary>
internal sealed class DescribeOrder(OrderingDbContext db, FieldCipher cipher, DeviceMarks marks)
{
    /// <summary>Refuses with ORDER_NOT_FOUND, also for what is not an id.</summary>
    public async Task<Reply> HandleAsync(string orderId, bool withContact, CancellationToken ct)
    {
        var order = Guid.TryParse(orderId, out var id)
            ? await db.Orders.Include(found => found.Items).AsNoTracking().SingleOrDefaultAsync(found => found.Id == id, ct)
            : null;
        var reply = order is null ? throw new RuleViolatedException("ORDER_NOT_FOUND") : ReplyOf(order);
        if (GuestContact.Open(cipher, order.SealedGuest, order.Id) is { } guest)
            DescribeGuest(guest, withContact, reply);
        return reply;
    }

    private void DescribeGuest(GuestContact guest, bool withContact, Reply reply)
    {
        if (guest.IsPhoneProven)
            reply.ProvenPhoneMark = marks.OfProvenPhone(guest.Phone);
        if (withContact)
            (reply.GuestName, reply.GuestPhone) = (guest.Name, guest.Phone);
    }

    private static Reply ReplyOf(Domain.Order order)
    {
        var reply = new Reply
        {
            OrderId = order.Id.ToString(),
            OrderNumber = order.OrderNumber,
            Status = order.Status,
            PaymentStatus = order.PaymentStatus,
            PaymentMethod = order.PaymentMethod,
            CustomerId = order.CustomerId.ToString(),
            TotalXaf = order.Pricing.TotalXaf,
            DeliveryFeeXaf = order.Pricing.DeliveryFeeXaf,
            SubtotalXaf = order.Pricing.SubtotalXaf,
            ServiceFeeXaf = order.Pricing.ServiceFeeXaf,
            TaxXaf = order.Pricing.TaxXaf,
            DiscountXaf = order.Pricing.DiscountXaf,
            TipXaf = order.Pricing.TipXaf,
            DeliveryType = order.DeliveryType,
            IsGuest = order.SealedGuest is not null,
            PreparationMinutes = order.PreparationMinutes,
            PickupCode = order.PickupCode,
            DropCode = order.DropCode,
            Version = order.Version,
            CreatedAt = order.CreatedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)
        };
        DescribePlaces(order, reply);
        reply.Lines.AddRange(order.Items.OrderBy(item => item.Position).Select(LineOf));
        return reply;
    }

    private static Reply.Types.Line LineOf(Domain.OrderItem item) => new()
    {
        ItemId = item.ItemId.ToString(),
        Name = item.Name,
        Quantity = item.Quantity,
        UnitPriceXaf = item.UnitPriceXaf
    };

    private static void DescribePlaces(Domain.Order order, Reply reply)
    {
        var (seller, address) = (order.Restaurant, order.Address);
        reply.RestaurantId = order.RestaurantId.ToString();
        reply.RestaurantOwnerId = order.RestaurantOwnerId.ToString();
        reply.RestaurantName = seller.Name;
        reply.RestaurantPhone = seller.Phone;
        reply.RestaurantAddress = InOneLine(seller.Street, seller.District, seller.City);
        reply.RestaurantLatitude = seller.Latitude;
        reply.RestaurantLongitude = seller.Longitude;
        reply.DeliveryAddress = InOneLine(address.Street, address.Landmark, address.District, address.City);
        reply.DeliveryInstructions = address.Instructions ?? "";
        reply.DeliveryLatitude = address.Latitude;
        reply.DeliveryLongitude = address.Longitude;
    }

    private static string InOneLine(params string?[] parts) => string.Join(", ", parts.Where(part => !string.IsNullOrWhiteSpace(part)));
}
