using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Catalog.Features;

/// <summary>Owners upload pictures, alone, for an item, a category or for the restaurant; what is stored is made anew from what was sent.</summary>
internal static class UploadImage
{
    public static void Map(IEndpointRouteBuilder owner)
    {
        ImageDesk.Describe(owner.MapPost("/upload", Handle)).WithName(nameof(UploadImage)).WithSummary("Upload an image");
        ImageDesk.Describe(owner.MapPost("/menu/items/{itemId:guid}/image", HandleItem)).WithName("SetItemImage").WithSummary("Set an item's image");
        ImageDesk.Describe(owner.MapPost("/menu/categories/{categoryId:guid}/image", HandleCategory))
            .WithName("SetCategoryImage").WithSummary("Set a category's image");
        ImageDesk.Describe(owner.MapPost("/restaurant/image", HandleRestaurant))
            .WithName("SetRestaurantImage").WithSummary("Set your restaurant's image");
    }

    internal static async Task<Ok<Envelope<UploadImageResponse>>> Handle(HttpRequest request, ImageDesk desk, CancellationToken ct) =>
        Answer.Ok(await desk.KeepAsync(request, ct));

    internal static async Task<Ok<Envelope<UploadImageResponse>>> HandleItem(
        Guid itemId, HttpRequest request, CurrentUser user, CatalogDbContext db, CatalogChanges changes, ImageDesk desk, TimeProvider clock,
        CancellationToken ct)
    {
        var item = await db.RequireItemAsync(itemId, user, ct);
        var kept = await desk.KeepAsync(request, ct);
        item.Edit(new MenuItemEdit { ImageUrl = kept.Url }, clock.GetUtcNow());
        await changes.SaveItemsAsync([item], clock.GetUtcNow(), ct);
        return Answer.Ok(kept);
    }

    internal static async Task<Ok<Envelope<UploadImageResponse>>> HandleCategory(
        Guid categoryId, HttpRequest request, CurrentUser user, CatalogDbContext db, CatalogChanges changes, ImageDesk desk, TimeProvider clock,
        CancellationToken ct)
    {
        var category = await db.RequireCategoryAsync(categoryId, user, ct);
        var kept = await desk.KeepAsync(request, ct);
        category.Show(kept.Url);
        await changes.SaveMenuAsync(category.RestaurantId, clock.GetUtcNow(), ct);
        return Answer.Ok(kept);
    }

    internal static async Task<Ok<Envelope<UploadImageResponse>>> HandleRestaurant(
        Guid? restaurantId, HttpRequest request, CurrentUser user, CatalogDbContext db, CatalogChanges changes, ImageDesk desk,
        TimeProvider clock, CancellationToken ct)
    {
        var restaurant = await db.RequireMineAsync(restaurantId, user, ct);
        var kept = await desk.KeepAsync(request, ct);
        restaurant.Edit(new RestaurantEdit { ImageUrl = kept.Url }, clock.GetUtcNow());
        await changes.SaveAsync(restaurant, clock.GetUtcNow(), ct);
        return Answer.Ok(kept);
    }
}
