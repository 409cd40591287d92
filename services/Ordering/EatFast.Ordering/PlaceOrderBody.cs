using System.ComponentModel.DataAnnotations;
using EatFast.Http;
using EatFast.Ordering.Clients;
using EatFast.Ordering.Domain;

namespace EatFast.Ordering;

/// <summary>An order as clients write it. It has no member for a price, a fee or a state: those would be refused as unknown.</summary>
public abstract record PlaceOrderBody : IValidatableObject
{
    [MinLength(1), MaxLength(50)]
    public IReadOnlyList<PlaceOrderLine> Items { get; init; } = [];

    [Required]
    public PlaceOrderAddress? DeliveryAddress { get; init; }

    [Required, StringLength(40)]
    public string PaymentMethod { get; init; } = "";

    [StringLength(40)]
    public string? PromoCode { get; init; }

    [StringLength(500)]
    public string? SpecialInstructions { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!PaymentMethods.IsKnown(PaymentMethod))
            yield return new("This payment method does not exist.", [nameof(PaymentMethod)]);
        // JSON may hold null where the type says it cannot: serializers do not look into lists.
        if (Items.Any(line => line is null))
            yield return new("A line must not be null.", [nameof(Items)]);
    }
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

public sealed record PlaceOrderAddress(
    [property: Required, StringLength(200)] string Street,
    [property: Required, StringLength(80)] string City,
    [property: StringLength(80)] string? District,
    [property: StringLength(200)] string? Landmark,
    [property: Required] PlaceOrderCoordinates Coordinates,
    [property: StringLength(500)] string? Instructions)
{
    internal DeliveryAddress ToAddress() => new(
        Street, City, District, Landmark, Instructions, Coordinates.Latitude!.Value, Coordinates.Longitude!.Value);
}

public sealed record PlaceOrderCoordinates(
    [property: Required, Range(-90.0, 90.0)] double? Latitude,
    [property: Required, Range(-180.0, 180.0)] double? Longitude);
