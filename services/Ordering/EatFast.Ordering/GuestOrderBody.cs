using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using EatFast.Ordering.Clients;
using EatFast.Ordering.Domain;

namespace EatFast.Ordering;

/// <summary>An order as the guests' client writes it: an address in one line, a point, and who comes to the door.</summary>
public abstract record GuestOrderBody : IValidatableObject
{
    [StringLength(100)]
    public string? SessionId { get; init; }

    [MinLength(1), MaxLength(50)]
    public IReadOnlyList<GuestOrderLine> Items { get; init; } = [];

    [Required, StringLength(200)]
    public string? DeliveryAddress { get; init; }

    [Required]
    public GuestOrderPoint? DeliveryCoordinates { get; init; }

    [Required, StringLength(80, MinimumLength = 2)]
    public string? GuestName { get; init; }

    [Required, RegularExpression(@"^(\+?237)?[ -]?[26](?:[ -]?\d){8}$")]
    public string? GuestPhone { get; init; }

    [EmailAddress, StringLength(254)]
    public string? GuestEmail { get; init; }

    [Required, StringLength(40)]
    public string PaymentMethod { get; init; } = "";

    [StringLength(500)]
    public string? SpecialInstructions { get; init; }

    [StringLength(40)]
    public string? PromoCode { get; init; }

    public DateTimeOffset? ScheduledDeliveryTime { get; init; }

    /// <summary>With a quote's token it costs what was quoted.</summary>
    [StringLength(20_000)]
    public string? QuoteToken { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!PaymentMethods.IsKnown(PaymentMethod))
            yield return new("This payment method does not exist.", [nameof(PaymentMethod)]);
        if (Items.Any(line => line is null))
            yield return new("A line must not be null.", [nameof(Items)]);
    }

    internal Basket ToBasket(SessionGuest guest, Guid restaurantId) => new(
        guest.Id, restaurantId, [.. Items.Select(line => line.ToMenuLine())],
        new DeliveryAddress(DeliveryAddress!, "", null, null, null, DeliveryCoordinates!.Lat!.Value, DeliveryCoordinates.Lng!.Value),
        PaymentMethod, SpecialInstructions)
    {
        IsGuest = true,
        PromoCode = PromoCode,
        QuoteToken = QuoteToken,
        ScheduledFor = ScheduledDeliveryTime?.ToUniversalTime(),
        Guest = new(GuestName!, GuestPhone!.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal), GuestEmail)
        {
            IsPhoneProven = guest.IsPhoneProven
        }
    };
}

public sealed record GuestOrderLine(
    Guid? MenuId, Guid? ItemId, [property: Required, Range(1, 99)] int? Quantity, JsonElement? Customizations) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if ((MenuId ?? ItemId ?? Guid.Empty) == Guid.Empty)
            yield return new("An item id is required.", [nameof(MenuId)]);
        if (Customizations is { } choices && !StorableJson.Is(choices))
            yield return new("This text or number cannot be stored.", [nameof(Customizations)]);
    }

    internal MenuLine ToMenuLine()
    {
        var (choices, note) = GuestCustomizations.Read(Customizations);
        return new((MenuId ?? ItemId)!.Value, Quantity!.Value, [.. choices.Select(choice => new MenuChoice(choice.OptionId, choice.ValueId))], note);
    }
}

public sealed record GuestOrderPoint(
    [property: Required, Range(-90.0, 90.0)] double? Lat, [property: Required, Range(-180.0, 180.0)] double? Lng);
