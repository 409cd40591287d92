namespace EatFast.Ordering.Domain;

/// <summary>What somebody means to order, at one restaurant; it has no prices, those are asked for whenever it is read.</summary>
public sealed class Cart
{
    public const int MostLines = 50;

    private List<CartLine> _lines = [];

    public required Guid OwnerId { get; init; }
    public Guid RestaurantId { get; private set; }
    public DateTimeOffset UpdatedAt { get; private set; }
    public int Version { get; private set; }
    public IReadOnlyList<CartLine> Lines { get => _lines; private set => _lines = [.. value]; }

    /// <summary>False when the cart holds another restaurant's dishes, which are only thrown away on request.</summary>
    public bool Add(Guid restaurantId, CartLine line, bool replace, DateTimeOffset now)
    {
        if (Lines.Count > 0 && RestaurantId != restaurantId && !replace)
            return false;
        var kept = RestaurantId == restaurantId ? _lines : [];
        var same = kept.FindIndex(other => other.IsLike(line));
        var lines = same < 0
            ? [.. kept, line]
            : kept.Select((other, place) => place == same ? other with { Quantity = Math.Min(other.Quantity + line.Quantity, 99) } : other);
        Fill(restaurantId, lines, now);
        return true;
    }

    /// <summary>Zero takes the line out. False when there is no such line.</summary>
    public bool SetQuantity(Guid lineId, int quantity, DateTimeOffset now)
    {
        if (!_lines.Exists(line => line.Id == lineId))
            return false;
        Fill(RestaurantId, _lines.Where(line => line.Id != lineId || quantity > 0)
            .Select(line => line.Id == lineId ? line with { Quantity = quantity } : line), now);
        return true;
    }

    public void Fill(Guid restaurantId, IEnumerable<CartLine> lines, DateTimeOffset now)
    {
        // A new list, because the stored one is compared by reference.
        (RestaurantId, _lines, UpdatedAt) = (restaurantId, [.. lines], now);
        Version++;
    }
}

public sealed record CartLine(
    Guid Id, Guid ItemId, string Name, int Quantity, long LastUnitPriceXaf, IReadOnlyList<CartChoice> Choices, string? SpecialInstructions)
{
    public bool IsLike(CartLine other) =>
        ItemId == other.ItemId && SpecialInstructions == other.SpecialInstructions && Choices.ToHashSet().SetEquals(other.Choices)
        && Choices.Count == other.Choices.Count;
}

public sealed record CartChoice(Guid OptionId, Guid ValueId);
