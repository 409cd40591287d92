using EatFast.Errors;

namespace EatFast.Ordering.Domain;

/// <summary>Everything an order is made of, priced and checked.</summary>
public sealed record OrderDraft(
    string OrderNumber,
    Guid CustomerId,
    Seller Seller,
    IReadOnlyList<OrderItem> Items,
    Pricing Pricing,
    DeliveryAddress Address,
    string PaymentMethod,
    string? SpecialInstructions,
    int TravelMinutes);

/// <summary>The restaurant as Catalog describes it at the moment of the order.</summary>
public sealed record Seller(
    Guid RestaurantId, Guid OwnerId, RestaurantCard Card, long DeliveryFeeXaf, long MinimumOrderXaf, int PreparationMinutes);

/// <summary>The restaurant as it stood on the day of the order.</summary>
public sealed record RestaurantCard(
    string Name, string Phone, string Street, string City, string District, double Latitude, double Longitude);

/// <summary>Where the food goes.</summary>
public sealed record DeliveryAddress(
    string Street, string City, string? District, string? Landmark, string? Instructions, double Latitude, double Longitude);

/// <summary>What is charged on top of dishes and delivery.</summary>
public sealed record Charges(long ServiceFeeXaf, decimal TaxPercent);

/// <summary>The bill of an order. The total is stored, because it is what Payments collects.</summary>
public sealed record Pricing(
    long SubtotalXaf, long DeliveryFeeXaf, long ServiceFeeXaf, long TaxXaf, long DiscountXaf, long TipXaf, long TotalXaf)
{
    /// <summary>Refuses with MINIMUM_ORDER_NOT_REACHED.</summary>
    public static Pricing Of(IEnumerable<OrderItem> items, long minimumXaf, long deliveryFeeXaf, Charges charges)
    {
        var subtotal = items.Sum(item => item.TotalPriceXaf);
        if (subtotal < minimumXaf)
            throw new RuleViolatedException("MINIMUM_ORDER_NOT_REACHED", ("minimum", minimumXaf), ("subtotal", subtotal));
        var tax = (long)Math.Round(subtotal * charges.TaxPercent / 100, MidpointRounding.AwayFromZero);
        var total = subtotal + deliveryFeeXaf + charges.ServiceFeeXaf + tax;
        return new(subtotal, deliveryFeeXaf, charges.ServiceFeeXaf, tax, 0, 0, total);
    }
}
