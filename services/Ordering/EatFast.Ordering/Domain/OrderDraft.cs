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
    int TravelMinutes)
{
    /// <summary>Where the order's id was needed before the order.</summary>
    public Guid? Id { get; init; }

    public Discount? Discount { get; init; }

    /// <summary>A guest's name and number, which rest unreadable.</summary>
    public string? SealedGuest { get; init; }

    public string DeliveryType { get; init; } = Domain.DeliveryType.Delivery;

    public DateTimeOffset? ScheduledFor { get; init; }
}

/// <summary>The restaurant as Catalog describes it at the moment of the order.</summary>
public sealed record Seller(
    Guid RestaurantId, Guid OwnerId, RestaurantCard Card, long DeliveryFeeXaf, long MinimumOrderXaf, int PreparationMinutes)
{
    /// <summary>It takes paid orders without being asked.</summary>
    public bool AcceptsAutomatically { get; init; }

    /// <summary>15 is fifteen percent of the food.</summary>
    public decimal CommissionPercent { get; init; }
}

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
    /// <summary>Refuses with MINIMUM_ORDER_NOT_REACHED or TIP_TOO_HIGH. A discount never takes more than dishes and delivery cost.</summary>
    public static Pricing Of(
        IEnumerable<OrderItem> items, long minimumXaf, long deliveryFeeXaf, Charges charges, long discountXaf = 0, long tipXaf = 0)
    {
        var subtotal = items.Sum(item => item.TotalPriceXaf);
        if (subtotal < minimumXaf)
            throw new RuleViolatedException("MINIMUM_ORDER_NOT_REACHED", ("minimum", minimumXaf), ("subtotal", subtotal));
        if (tipXaf > subtotal / 2)
            throw new RuleViolatedException("TIP_TOO_HIGH", ("maximum", subtotal / 2));
        var tax = (long)Math.Round(subtotal * charges.TaxPercent / 100, MidpointRounding.AwayFromZero);
        var discount = Math.Clamp(discountXaf, 0, subtotal + deliveryFeeXaf);
        var total = subtotal + deliveryFeeXaf + charges.ServiceFeeXaf + tax - discount + tipXaf;
        return new(subtotal, deliveryFeeXaf, charges.ServiceFeeXaf, tax, discount, tipXaf, total);
    }
}
