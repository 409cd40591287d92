using EatFast.Errors;

namespace EatFast.Catalog.Domain;

/// <summary>Something to order, with the options a customer may or must choose; it alone knows what a choice costs.</summary>
public sealed class MenuItem
{
    private readonly List<ItemOption> _options = [];
    private Guid _categoryId;
    private string _name = "";
    private string _description = "";
    private long _priceXaf;
    private string? _imageUrl;
    private int _preparationMinutes;
    private int _sortOrder;
    private IReadOnlyList<string> _allergens = [];
    private IReadOnlyList<string> _dietaryTags = [];

    public required Guid Id { get; init; }
    public required Guid RestaurantId { get; init; }
    public required Guid CategoryId { get => _categoryId; init => _categoryId = value; }
    public required string Name { get => _name; init => _name = value; }
    public required string Description { get => _description; init => _description = value; }
    public required long PriceXaf { get => _priceXaf; init => _priceXaf = value; }
    public string? ImageUrl { get => _imageUrl; init => _imageUrl = value; }
    public required int PreparationMinutes { get => _preparationMinutes; init => _preparationMinutes = value; }
    public required int SortOrder { get => _sortOrder; init => _sortOrder = value; }
    public IReadOnlyList<string> Allergens { get => _allergens; init => _allergens = value; }
    public IReadOnlyList<string> DietaryTags { get => _dietaryTags; init => _dietaryTags = value; }
    public bool IsAvailable { get; private set; } = true;
    /// <summary>Pieces left to sell today; null is as many as anybody wants. Orders take from it in the database alone (StockRoom).</summary>
    public int? Stock { get; private set; }
    public bool IsSoldOut => !IsAvailable || Stock <= 0;
    public DateTimeOffset UpdatedAt { get; private set; }
    public int Version { get; private set; }
    public IReadOnlyList<ItemOption> Options { get => _options; init => _options = [.. value]; }

    /// <summary>Sells the item out or brings it back; false when it already was so.</summary>
    public bool SetAvailability(bool isAvailable, DateTimeOffset now)
    {
        if (IsAvailable == isAvailable)
            return false;
        IsAvailable = isAvailable;
        Touch(now);
        return true;
    }

    /// <summary>What is null stays as it is; options that are given replace the old ones as a whole.</summary>
    public void Edit(MenuItemEdit edit, DateTimeOffset now)
    {
        _categoryId = edit.CategoryId ?? _categoryId;
        _name = edit.Name ?? _name;
        _description = edit.Description ?? _description;
        _priceXaf = edit.PriceXaf ?? _priceXaf;
        _imageUrl = edit.ImageUrl ?? _imageUrl;
        _preparationMinutes = edit.PreparationMinutes ?? _preparationMinutes;
        _sortOrder = edit.SortOrder ?? _sortOrder;
        _allergens = edit.Allergens ?? _allergens;
        _dietaryTags = edit.DietaryTags ?? _dietaryTags;
        IsAvailable = edit.IsAvailable ?? IsAvailable;
        if (edit.Options is { } options)
        {
            _options.Clear();
            _options.AddRange(options);
        }
        Touch(now);
    }

    public void RemoveImage(DateTimeOffset now)
    {
        _imageUrl = null;
        Touch(now);
    }

    /// <summary>Null stops counting.</summary>
    public void SetStock(int? pieces, DateTimeOffset now)
    {
        Stock = pieces;
        Touch(now);
    }

    private void Touch(DateTimeOffset now)
    {
        UpdatedAt = now;
        Version++;
    }

    /// <summary>One piece with the wanted choices. Refuses: ITEM_UNAVAILABLE, OPTION_INVALID, OPTION_REQUIRED.</summary>
    public PricedItem PriceWith(IReadOnlyCollection<Choice> wanted)
    {
        if (IsSoldOut)
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

/// <summary>What its owner can say about an item; null leaves a value alone.</summary>
public sealed record MenuItemEdit
{
    public Guid? CategoryId { get; init; }
    public string? Name { get; init; }
    public string? Description { get; init; }
    public long? PriceXaf { get; init; }
    public string? ImageUrl { get; init; }
    public int? PreparationMinutes { get; init; }
    public int? SortOrder { get; init; }
    public IReadOnlyList<string>? Allergens { get; init; }
    public IReadOnlyList<string>? DietaryTags { get; init; }
    public bool? IsAvailable { get; init; }
    public IReadOnlyList<ItemOption>? Options { get; init; }
}

public sealed record Choice(Guid OptionId, Guid ValueId);

public sealed record ChosenValue(ItemOption Option, ItemOptionValue Value);

public sealed record PricedItem(MenuItem Item, long UnitPriceXaf, IReadOnlyList<ChosenValue> Choices);
