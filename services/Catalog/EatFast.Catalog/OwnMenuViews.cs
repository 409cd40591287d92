using EatFast.Catalog.Domain;

namespace EatFast.Catalog;

/// <summary>A menu item as its owner edits it; <c>itemId</c> and <c>customizations</c> are what the restaurant's mobile client reads.</summary>
public sealed record OwnItemView(
    Guid Id, Guid ItemId, Guid RestaurantId, Guid CategoryId, string Name, string Description, long Price, string Currency, string? ImageUrl,
    bool IsAvailable, int? Stock, int PreparationTime, int SortOrder, IReadOnlyList<string> Allergens, IReadOnlyList<string> DietaryTags,
    IReadOnlyList<OptionView> CustomizationOptions)
{
    public string? ImageSrcset => ImageName.SrcsetOf(ImageUrl);

    internal static OwnItemView Of(MenuItem item) => new(
        item.Id, item.Id, item.RestaurantId, item.CategoryId, item.Name, item.Description, item.PriceXaf, "XAF", item.ImageUrl,
        !item.IsSoldOut, item.Stock, item.PreparationMinutes, item.SortOrder, item.Allergens, item.DietaryTags,
        [.. item.Options.OrderBy(option => option.SortOrder).Select(option => new OptionView(
            option.Id, option.Name, option.Type, option.IsRequired, option.MaxSelections,
            [.. option.Values.OrderBy(value => value.SortOrder).Select(value => new OptionValueView(
                value.Id, value.Name, value.PriceXaf, value.IsAvailable, value.IsDefault))]))]);
}

/// <summary>A category as its owner edits it, hidden ones included.</summary>
public sealed record OwnCategoryView(
    Guid Id, Guid CategoryId, Guid RestaurantId, string Name, string Description, int SortOrder, bool IsActive, string? ImageUrl,
    IReadOnlyList<OwnItemView> Items)
{
    public string? ImageSrcset => ImageName.SrcsetOf(ImageUrl);

    internal static OwnCategoryView Of(MenuCategory category, IEnumerable<MenuItem> items) => new(
        category.Id, category.Id, category.RestaurantId, category.Name, category.Description, category.SortOrder, category.IsActive, category.ImageUrl,
        [.. items.OrderBy(item => item.SortOrder).Select(OwnItemView.Of)]);
}
