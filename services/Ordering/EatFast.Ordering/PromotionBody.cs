using System.ComponentModel.DataAnnotations;
using EatFast.Ordering.Domain;

namespace EatFast.Ordering;

/// <summary>A whole promotion, on creation and on change alike; a limit of 0 is none.</summary>
public sealed record SavePromotionRequest(
    [property: Required, RegularExpression("^[A-Za-z0-9_-]{3,40}$")] string Code,
    [property: Required, StringLength(120)] string Title,
    [property: StringLength(1000)] string? Description,
    [property: Required, RegularExpression("^(percentage|fixed|free_delivery|freeDelivery)$")] string Type,
    [property: Range(0, 1_000_000)] long Value,
    [property: Range(0, 10_000_000)] long MinimumOrderAmount,
    [property: Range(1, 10_000_000)] long? MaximumDiscountAmount,
    [property: Required] DateTimeOffset? StartDate,
    [property: Required] DateTimeOffset? EndDate,
    bool? IsActive,
    bool IsFirstTimeOnly,
    [property: Range(0, int.MaxValue)] int UsageLimit,
    [property: Range(0, int.MaxValue)] int PerUserLimit,
    [property: MaxLength(1000)] IReadOnlyList<Guid>? ApplicableRestaurants,
    [property: MaxLength(1000)] IReadOnlyList<Guid>? ApplicableCategories) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (EndDate <= StartDate)
            yield return new("The end comes after the start.", [nameof(EndDate)]);
        if (Type == PromotionType.Percentage ? Value is < 1 or > 100 : Type == PromotionType.Fixed && Value < 1)
            yield return new("A percentage is 1 to 100, a fixed amount at least 1.", [nameof(Value)]);
    }

    internal PromotionTerms ToTerms() => new()
    {
        Title = Title,
        Description = Description ?? "",
        Type = Type == "freeDelivery" ? PromotionType.FreeDelivery : Type,
        Value = Value,
        MinimumOrderXaf = MinimumOrderAmount,
        MaximumDiscountXaf = MaximumDiscountAmount,
        StartsAt = StartDate!.Value.ToUniversalTime(),
        EndsAt = EndDate!.Value.ToUniversalTime(),
        IsFirstOrderOnly = IsFirstTimeOnly,
        UsageLimit = UsageLimit,
        PerUserLimit = PerUserLimit,
        RestaurantIds = ApplicableRestaurants ?? [],
        CategoryIds = ApplicableCategories ?? []
    };
}
