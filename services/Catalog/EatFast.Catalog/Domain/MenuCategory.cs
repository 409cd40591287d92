namespace EatFast.Catalog.Domain;

/// <summary>A heading of a restaurant's menu; an inactive one hides its items, also from orders.</summary>
public sealed class MenuCategory
{
    private string _name = "";
    private string _description = "";
    private int _sortOrder;
    private bool _isActive = true;

    public required Guid Id { get; init; }
    public required Guid RestaurantId { get; init; }
    public required string Name { get => _name; init => _name = value; }
    public required string Description { get => _description; init => _description = value; }
    public required int SortOrder { get => _sortOrder; init => _sortOrder = value; }
    public bool IsActive { get => _isActive; init => _isActive = value; }
    public string? ImageUrl { get; private set; }

    public void Show(string imageUrl) => ImageUrl = imageUrl;

    /// <summary>What is null stays as it is.</summary>
    public void Edit(string? name, string? description, int? sortOrder, bool? isActive)
    {
        _name = name ?? _name;
        _description = description ?? _description;
        _sortOrder = sortOrder ?? _sortOrder;
        _isActive = isActive ?? _isActive;
    }
}
