namespace EatFast.Catalog.Domain;

/// <summary>A heading of a restaurant's menu; an inactive one hides its items, also from orders.</summary>
public sealed class MenuCategory
{
    public required Guid Id { get; init; }
    public required Guid RestaurantId { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }
    public required int SortOrder { get; init; }
    public bool IsActive { get; init; } = true;
}
