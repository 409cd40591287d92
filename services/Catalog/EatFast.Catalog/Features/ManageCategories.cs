using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Features;

// The mobile client sends its whole category, with members that are ours to know.
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record CreateCategoryRequest(
    [property: Required, StringLength(120, MinimumLength = 1)] string Name,
    [property: StringLength(2000)] string? Description,
    [property: Range(0, 10_000)] int? SortOrder,
    bool? IsActive);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record EditCategoryRequest(
    [property: StringLength(120, MinimumLength = 1)] string? Name,
    [property: StringLength(2000)] string? Description,
    [property: Range(0, 10_000)] int? SortOrder,
    bool? IsActive);

public sealed record CategoryResponse(OwnCategoryView Category);

/// <summary>The owner makes, renames, hides and removes the headings of a menu; only an empty one can be removed.</summary>
internal static class ManageCategories
{
    public static void Map(IEndpointRouteBuilder owner)
    {
        owner.MapPost("/restaurant/menus", HandleCreate).WithName("CreateCategory").WithSummary("Add a category");
        owner.MapPost("/menu/categories", HandleCreate).ExcludeFromDescription();
        owner.MapPut("/restaurant/menus/{categoryId:guid}", HandleEdit).WithName("EditCategory").WithSummary("Change a category");
        owner.MapPut("/menu/categories/{categoryId:guid}", HandleEdit).ExcludeFromDescription();
        owner.MapDelete("/restaurant/menus/{categoryId:guid}", HandleDelete).WithName("DeleteCategory").WithSummary("Remove an empty category");
        owner.MapDelete("/menu/categories/{categoryId:guid}", HandleDelete).ExcludeFromDescription();
    }

    internal static async Task<Created<Envelope<CategoryResponse>>> HandleCreate(
        CreateCategoryRequest request, Guid? restaurantId, CurrentUser user, CatalogDbContext db, CatalogChanges changes, TimeProvider clock,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var restaurant = await db.RequireMineAsync(restaurantId, user, ct);
        var last = await db.MenuCategories.Where(other => other.RestaurantId == restaurant.Id).MaxAsync(other => (int?)other.SortOrder, ct) ?? 0;
        var category = new MenuCategory
        {
            Id = Guid.CreateVersion7(now),
            RestaurantId = restaurant.Id,
            Name = request.Name.Trim(),
            Description = request.Description ?? "",
            SortOrder = request.SortOrder ?? last + 1,
            IsActive = request.IsActive ?? true
        };
        db.Add(category);
        await changes.SaveMenuAsync(restaurant.Id, now, ct);
        return Answer.Created($"/api/v1/restaurant/menus/{category.Id}", new CategoryResponse(OwnCategoryView.Of(category, [])));
    }

    internal static async Task<Ok<Envelope<CategoryResponse>>> HandleEdit(
        Guid categoryId, EditCategoryRequest request, CurrentUser user, CatalogDbContext db, CatalogChanges changes, TimeProvider clock,
        CancellationToken ct)
    {
        var category = await db.RequireCategoryAsync(categoryId, user, ct);
        category.Edit(request.Name?.Trim(), request.Description, request.SortOrder, request.IsActive);
        await changes.SaveMenuAsync(category.RestaurantId, clock.GetUtcNow(), ct);
        return Answer.Ok(new CategoryResponse(OwnCategoryView.Of(category, [])));
    }

    internal static async Task<NoContent> HandleDelete(
        Guid categoryId, CurrentUser user, CatalogDbContext db, CatalogChanges changes, TimeProvider clock, CancellationToken ct)
    {
        var category = await db.RequireCategoryAsync(categoryId, user, ct);
        if (await db.MenuItems.AnyAsync(item => item.CategoryId == categoryId, ct))
            throw new RuleViolatedException("MENU_CATEGORY_NOT_EMPTY", ("name", category.Name));
        db.Remove(category);
        await changes.SaveMenuAsync(category.RestaurantId, clock.GetUtcNow(), ct);
        return TypedResults.NoContent();
    }
}
