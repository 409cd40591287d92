using EatFast.Errors;

namespace EatFast.Catalog.Domain;

/// <summary>Something to order, with the options a customer may or must choose; it alone knows what a choice costs.</summary>
public sealed class MenuItem
{
    private readonly List<ItemOption> _options = [];

    public required Guid Id { get; init; }
    public required Guid RestaurantId { get; init; }
    public required Guid CategoryId { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }
    public required long PriceXaf { get; init; }
    public string? ImageUrl { get; init; }
    public required int PreparationMinutes { get; init; }
    public required int SortOrder { get; init; }
    public IReadOnlyList<string> Allergens { get; init; } = [];
    public IReadOnlyList<string> DietaryTags { get; init; } = [];
    public bool IsAvailable { get; private set; } = true;
    public DateTimeOffset UpdatedAt { get; private set; }
    public int Version { get; private set; }
    public IReadOnlyList<ItemOption> Options { get => _options; init => _options = [.. value]; }

    /// <summary>Sells the item out or brings it back; false when it already was so.</summary>
    public bool SetAvailability(bool isAvailable, DateTimeOffset now)
    {
        if (IsAvailable == isAvailable)
            return false;
        IsAvailable = isAvailable;
        UpdatedAt = now;
        Version++;
        return true;
    }

    /// <summary>One piece with the wanted choices. Refuses: ITEM_UNAVAILABLE, OPTION_INVALID, OPTION_REQUIRED.</summary>
    public PricedItem PriceWith(IReadOnlyCollection<Choice> wanted)
    {
        if (!IsAvailable)
            throw new RuleViolatedException("ITEM_UNAVAILABLE", ("name", Name));
        if (wanted.Any(choice => _options.TrueForAll(option => option.Id != choice.OptionId)))
            throw new RuleViolatedException("OPTION_INVALID", ("name", Name));

        var chosen = _options
            .OrderBy(option => option.SortOrder)
            .SelectMany(option => option
                .Choose([.. wanted.Where(choice => choice.OptionId == option.Id).Select(choice => choice.ValueId)], Name)
                .Select(value => new ChosenValue(option, value)))
            .ToList();
        return new PricedItem(this, PriceXaf + chosen.Sum(choice => choice.Value.PriceXaf), chosen);
    }
}

public sealed record Choice(Guid OptionId, Guid ValueId);

public sealed record ChosenValue(ItemOption Option, ItemOptionValue Value);

public sealed record PricedItem(MenuItem Item, long UnitPriceXaf, IReadOnlyList<ChosenValue> Choices);
