using EatFast.Errors;

namespace EatFast.Catalog.Domain;

/// <summary>One question about an item, such as how hot; its defaults answer for a customer who says nothing.</summary>
public sealed class ItemOption
{
    private readonly List<ItemOptionValue> _values = [];

    public required Guid Id { get; init; }
    public required Guid MenuItemId { get; init; }
    public required string Name { get; init; }
    public required string Type { get; init; }
    public bool IsRequired { get; init; }
    public int MaxSelections { get; init; } = 1;
    public required int SortOrder { get; init; }
    public IReadOnlyList<ItemOptionValue> Values { get => _values; init => _values = [.. value]; }

    private int Limit => Type == OptionType.SingleSelect ? 1 : Math.Max(1, MaxSelections);

    internal IReadOnlyList<ItemOptionValue> Choose(IReadOnlyCollection<Guid> wanted, string itemName)
    {
        if (wanted.Count == 0)
            return IsRequired ? Defaults(itemName) : [];

        var values = _values.FindAll(value => value.IsAvailable && wanted.Contains(value.Id));
        // Only a quantity counts the same value more than once.
        var repeated = wanted.Count != wanted.Distinct().Count() && Type != OptionType.Quantity;
        if (wanted.Count > Limit || repeated || values.Count != wanted.Distinct().Count())
            throw new RuleViolatedException("OPTION_INVALID", ("name", itemName), ("option", Name));
        return [.. wanted.Select(id => values.Find(value => value.Id == id)!)];
    }

    private List<ItemOptionValue> Defaults(string itemName)
    {
        var defaults = _values
            .Where(value => value is { IsDefault: true, IsAvailable: true })
            .OrderBy(value => value.SortOrder)
            .Take(Limit)
            .ToList();
        return defaults.Count > 0 ? defaults : throw new RuleViolatedException("OPTION_REQUIRED", ("name", itemName), ("option", Name));
    }
}

public sealed class ItemOptionValue
{
    public required Guid Id { get; init; }
    public required Guid ItemOptionId { get; init; }
    public required string Name { get; init; }
    public required long PriceXaf { get; init; }
    public bool IsAvailable { get; init; } = true;
    public bool IsDefault { get; init; }
    public required int SortOrder { get; init; }
}

public static class OptionType
{
    public const string SingleSelect = "single_select";
    public const string MultiSelect = "multi_select";
    public const string Quantity = "quantity";
}
