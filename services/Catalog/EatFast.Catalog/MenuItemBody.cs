using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Catalog.Domain;

namespace EatFast.Catalog;

/// <summary>An item as owners send it: the contract's names, and those of the restaurant's mobile client, which sends extras too.</summary>
public abstract record MenuItemBody : IValidatableObject
{
    // Clients fail on a tag they do not know.
    private static readonly string[] KnownTags =
        ["vegetarian", "vegan", "glutenFree", "dairyFree", "halal", "kosher", "spicy", "healthy", "organic"];

    [StringLength(120, MinimumLength = 1)]
    public string? Name { get; init; }

    [StringLength(2000)]
    public string? Description { get; init; }

    [Range(0, 10_000_000)]
    public long? Price { get; init; }

    [Range(0, 240)]
    public int? PreparationTime { get; init; }

    [JsonPropertyName("preparation_time"), Range(0, 240)]
    public int? PreparationTimeSnake { get; init; }

    public bool? IsAvailable { get; init; }

    [JsonPropertyName("is_available")]
    public bool? IsAvailableSnake { get; init; }

    [StringLength(500), RegularExpression("^(https?://|/).+")]
    public string? ImageUrl { get; init; }

    [JsonPropertyName("image_url"), StringLength(500), RegularExpression("^(https?://|/).+")]
    public string? ImageUrlSnake { get; init; }

    [Range(0, 10_000)]
    public int? SortOrder { get; init; }

    [Range(0, 100_000)]
    public int? Stock { get; init; }

    [MaxLength(30)]
    public IReadOnlyList<string>? Allergens { get; init; }

    [MaxLength(9)]
    public IReadOnlyList<string>? DietaryTags { get; init; }

    [MaxLength(20)]
    public IReadOnlyList<MenuItemOptionBody>? CustomizationOptions { get; init; }

    [MaxLength(20)]
    public IReadOnlyList<MenuItemOptionBody>? Customizations { get; init; }

    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DietaryTags?.Except(KnownTags).Any() == true)
            yield return new($"Known tags are {string.Join(", ", KnownTags)}.", [nameof(DietaryTags)]);
        if (Allergens?.Any(allergen => string.IsNullOrWhiteSpace(allergen) || allergen.Length > 60) == true)
            yield return new("An allergen has 1 to 60 characters.", [nameof(Allergens)]);
        if ((CustomizationOptions ?? Customizations)?.Any(option => option is null || option.Choices is null == option.Options is null
                || (option.Options ?? option.Choices)!.Any(value => value is null)) == true)
            yield return new("An option has options or choices.", [nameof(CustomizationOptions)]);
    }

    internal MenuItemEdit ToEdit(MenuItem? current, Guid itemId, DateTimeOffset now)
    {
        var options = (CustomizationOptions ?? Customizations)?.Select((option, place) => option.ToOption(itemId, place + 1, now)).ToList();
        return new MenuItemEdit
        {
            Name = Name?.Trim(),
            Description = Description,
            PriceXaf = Price,
            ImageUrl = ImageUrl ?? ImageUrlSnake,
            PreparationMinutes = PreparationTime ?? PreparationTimeSnake,
            SortOrder = SortOrder,
            Allergens = Allergens,
            DietaryTags = DietaryTags,
            IsAvailable = IsAvailable ?? IsAvailableSnake,
            // The same options again keep their ids, which customers' carts already name.
            Options = options is not null && current is not null && current.Options.OrderBy(option => option.SortOrder)
                .Select(MenuItemOptionBody.Describe).SequenceEqual(options.Select(MenuItemOptionBody.Describe)) ? null : options
        };
    }
}

public sealed record MenuItemOptionBody(
    [property: Required, StringLength(120, MinimumLength = 1)] string Name,
    [property: RegularExpression("^(?i)(single_select|multi_select|quantity)$")] string? Type,
    bool? Required,
    [property: Range(1, 50)] int? MaxSelections,
    [property: MinLength(1), MaxLength(50)] IReadOnlyList<MenuItemValueBody>? Options,
    [property: MinLength(1), MaxLength(50)] IReadOnlyList<MenuItemValueBody>? Choices,
    Guid? Id,
    [property: StringLength(500)] string? Description)
{
    internal ItemOption ToOption(Guid itemId, int place, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        return new ItemOption
        {
            Id = id,
            MenuItemId = itemId,
            Name = Name,
            Type = Type?.ToLowerInvariant() ?? OptionType.SingleSelect,
            IsRequired = Required ?? false,
            MaxSelections = MaxSelections ?? 1,
            SortOrder = place,
            Values = [.. (Options ?? Choices)!.Select((value, index) => new ItemOptionValue
            {
                Id = Guid.CreateVersion7(now),
                ItemOptionId = id,
                Name = value.Name,
                PriceXaf = value.Price ?? 0,
                IsAvailable = value.IsAvailable ?? true,
                IsDefault = value.IsDefault ?? false,
                SortOrder = index + 1
            })]
        };
    }

    /// <summary>All of an option but its ids.</summary>
    internal static string Describe(ItemOption option) => string.Join('\u001f',
        option.Values.OrderBy(value => value.SortOrder)
            .Select(value => $"{value.Name}\u001e{value.PriceXaf}\u001e{value.IsAvailable}\u001e{value.IsDefault}")
            .Prepend($"{option.Name}\u001e{option.Type}\u001e{option.IsRequired}\u001e{option.MaxSelections}"));
}

public sealed record MenuItemValueBody(
    [property: Required, StringLength(120, MinimumLength = 1)] string Name,
    [property: Range(0, 1_000_000)] long? Price,
    bool? IsAvailable,
    bool? IsDefault,
    Guid? Id);
