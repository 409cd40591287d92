using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Ordering.Clients;
using EatFast.Ordering.Domain;

namespace EatFast.Ordering;

/// <summary>What somebody wants to eat, and where. It has no member for a price or a fee: those would be refused as unknown.</summary>
public abstract record BasketBody : IValidatableObject
{
    [MinLength(1), MaxLength(50)]
    public IReadOnlyList<PlaceOrderLine> Items { get; init; } = [];

    /// <summary>Not for a pickup. An object, or one line with <c>deliveryCoordinates</c> beside it.</summary>
    [JsonConverter(typeof(AddressReader))]
    public PlaceOrderAddress? DeliveryAddress { get; init; }

    public PlaceOrderPoint? DeliveryCoordinates { get; init; }

    [AllowedValues(Domain.DeliveryType.Delivery, Domain.DeliveryType.Pickup)]
    public string DeliveryType { get; init; } = Domain.DeliveryType.Delivery;

    /// <summary>When the food is wanted; left out, as soon as it can be.</summary>
    public DateTimeOffset? ScheduledFor { get; init; }

    /// <summary>The mobile client's name for the same.</summary>
    public DateTimeOffset? ScheduledDeliveryTime { get; init; }

    [StringLength(40)]
    public string? PromoCode { get; init; }

    /// <summary>For the driver, in whole francs.</summary>
    [Range(0, 500_000)]
    public long Tip { get; init; }

    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // JSON may hold null where the type says it cannot: serializers do not look into lists.
        if (Items.Any(line => line is null))
            yield return new("A line must not be null.", [nameof(Items)]);
        if (DeliveryAddress is null == (DeliveryType == Domain.DeliveryType.Delivery))
            yield return new("A delivery needs an address, a pickup has none.", [nameof(DeliveryAddress)]);
        else if (DeliveryAddress is { Coordinates: null } && DeliveryCoordinates is null)
            yield return new("The Coordinates field is required.", [$"{nameof(DeliveryAddress)}.Coordinates"]);
    }

    internal Basket ToBasket(Guid customerId, Guid restaurantId, string paymentMethod) => new(
        customerId, restaurantId, [.. Items.Select(line => line.ToMenuLine())], DeliveryAddress?.ToAddress(DeliveryCoordinates), paymentMethod, null)
    {
        PromoCode = PromoCode,
        TipXaf = Tip,
        DeliveryType = DeliveryType,
        ScheduledFor = (ScheduledFor ?? ScheduledDeliveryTime)?.ToUniversalTime()
    };
}

/// <summary>An order as clients write it; with a quote's token it costs what was quoted.</summary>
public abstract record PlaceOrderBody : BasketBody
{
    [Required, StringLength(40)]
    public string PaymentMethod { get; init; } = "";

    [StringLength(500)]
    public string? SpecialInstructions { get; init; }

    [StringLength(20_000)]
    public string? QuoteToken { get; init; }

    /// <summary>Points are exchanged for a code first; only <c>false</c> is possible here.</summary>
    public bool? UsePoints { get; init; }

    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!PaymentMethods.IsKnown(PaymentMethod))
            yield return new("This payment method does not exist.", [nameof(PaymentMethod)]);
        foreach (var found in base.Validate(validationContext))
            yield return found;
    }

    /// <summary>Refuses with POINTS_NEED_A_CODE.</summary>
    internal Basket ToOrder(Guid customerId, Guid restaurantId) => UsePoints == true
        ? throw new RuleViolatedException("POINTS_NEED_A_CODE")
        : ToBasket(customerId, restaurantId, PaymentMethod) with { SpecialInstructions = SpecialInstructions, QuoteToken = QuoteToken };
}

/// <summary>A dish and how many; the existing clients have four names for the dish.</summary>
public sealed record PlaceOrderLine(
    Guid? ItemId,
    Guid? MenuId,
    Guid? MenuItemId,
    Guid? DishId,
    [property: Required, Range(1, 99)] int? Quantity,
    [property: MaxLength(30)] IReadOnlyList<PlaceOrderChoice>? Customizations,
    [property: StringLength(300)] string? SpecialInstructions) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var given = new[] { ItemId, MenuId, MenuItemId, DishId }.Count(id => id is { } value && value != Guid.Empty);
        if (given != 1)
            yield return new("Exactly one item id is required.", [nameof(ItemId)]);
        if (Customizations?.Any(choice => choice is null) == true)
            yield return new("A customization must not be null.", [nameof(Customizations)]);
    }

    internal MenuLine ToMenuLine() => new(
        (ItemId ?? MenuId ?? MenuItemId ?? DishId)!.Value,
        Quantity!.Value,
        [.. (Customizations ?? []).Select(choice => new MenuChoice(choice.OptionId, choice.ValueId))],
        SpecialInstructions);
}

public sealed record PlaceOrderChoice([property: NotEmpty] Guid OptionId, [property: NotEmpty] Guid ValueId);
