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

/// <summary>The bill of an order. The total is stored, because it is what Payments collects; the loyalty is a part of the discount.</summary>
public sealed record Pricing(
    long SubtotalXaf, long DeliveryFeeXaf, long ServiceFeeXaf, long TaxXaf, long DiscountXaf, long TipXaf, long TotalXaf,
    long LoyaltyXaf = 0)
{
    /// <summary>What of the discount a code takes off.</summary>
    public long PromotionXaf => DiscountXaf - LoyaltyXaf;

    /// <summary>Refuses with MINIMUM_ORDER_NOT_REACHED or TIP_TOO_HIGH. Code and tier never take more than dishes and delivery cost.</summary>
    public static Pricing Of(
        IEnumerable<OrderItem> items, long minimumXaf, long deliveryFeeXaf, Charges charges, Discount? discount = null, long tipXaf = 0,
        TierBenefit? tier = null)
    {
        var subtotal = items.Sum(item => item.TotalPriceXaf);
        if (subtotal < minimumXaf)
            throw new RuleViolatedException("MINIMUM_ORDER_NOT_REACHED", ("minimum", minimumXaf), ("subtotal", subtotal));
        if (tipXaf > subtotal / 2)
            throw new RuleViolatedException("TIP_TOO_HIGH", ("maximum", subtotal / 2));
        var tax = (long)Math.Round(subtotal * charges.TaxPercent / 100, MidpointRounding.AwayFromZero);
        var promotion = Math.Clamp(discount?.AmountXaf ?? 0, 0, subtotal + deliveryFeeXaf);
        var wished = tier?.AmountOff(subtotal, deliveryFeeXaf - (discount?.DeliveryXaf ?? 0)) ?? 0;
        var loyalty = Math.Min(wished, subtotal + deliveryFeeXaf - promotion);
        var total = subtotal + deliveryFeeXaf + charges.ServiceFeeXaf + tax - promotion - loyalty + tipXaf;
        return new(subtotal, deliveryFeeXaf, charges.ServiceFeeXaf, tax, promotion + loyalty, tipXaf, total, loyalty);
    }
}
