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

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record CreateItemRequest : MenuItemBody
{
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var found in base.Validate(validationContext))
            yield return found;
        if (string.IsNullOrWhiteSpace(Name))
            yield return new("A name is required.", [nameof(Name)]);
        if (Price is null)
            yield return new("A price is required.", [nameof(Price)]);
    }
}

/// <summary>What is left out stays as it is; <c>categoryId</c> moves the item.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record EditItemRequest : MenuItemBody
{
    public Guid? CategoryId { get; init; }
}

public sealed record ItemResponse(OwnItemView Item);

/// <summary>The owner adds, changes and removes what there is to order; orders keep their own copies of names and prices.</summary>
internal static class ManageItems
{
    public static void Map(IEndpointRouteBuilder owner)
    {
        owner.MapPost("/menu/categories/{categoryId:guid}/items", HandleCreate).WithName("CreateItem").WithSummary("Add an item");
        owner.MapPut("/menu/items/{itemId:guid}", HandleEdit).WithName("EditItem").WithSummary("Change an item");
        owner.MapDelete("/menu/items/{itemId:guid}", HandleDelete).WithName("DeleteItem").WithSummary("Remove an item");
    }

    internal static async Task<Created<Envelope<ItemResponse>>> HandleCreate(
        Guid categoryId, CreateItemRequest request, CurrentUser user, CatalogDbContext db, CatalogChanges changes, TimeProvider clock,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var category = await db.RequireCategoryAsync(categoryId, user, ct);
        var last = await db.MenuItems.Where(other => other.CategoryId == categoryId).MaxAsync(other => (int?)other.SortOrder, ct) ?? 0;
        var item = new MenuItem
        {
            Id = Guid.CreateVersion7(now),
            RestaurantId = category.RestaurantId,
            CategoryId = categoryId,
            Name = request.Name!,
            Description = "",
            PriceXaf = request.Price!.Value,
            PreparationMinutes = 15,
            SortOrder = last + 1
        };
        item.Edit(request.ToEdit(null, item.Id, now), now);
        item.SetStock(request.Stock, now);
        db.Add(item);
        await changes.SaveItemsAsync([item], now, ct);
        return Answer.Created($"/api/v1/menu/items/{item.Id}", new ItemResponse(OwnItemView.Of(item)));
    }

    internal static async Task<Ok<Envelope<ItemResponse>>> HandleEdit(
        Guid itemId, EditItemRequest request, CurrentUser user, CatalogDbContext db, CatalogChanges changes, TimeProvider clock,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var item = await db.RequireItemAsync(itemId, user, ct);
        var edit = request.ToEdit(item, item.Id, now);
        if (request.CategoryId is { } categoryId)
            edit = edit with { CategoryId = await RequireSiblingAsync(db, item, categoryId, user, ct) };
        item.Edit(edit, now);
        if (request.Stock is { } pieces)
            item.SetStock(pieces, now);
        // Options have ids of our making, so EF has to be told that these are new rows.
        db.AddRange(edit.Options ?? []);
        await changes.SaveItemsAsync([item], now, ct);
        return Answer.Ok(new ItemResponse(OwnItemView.Of(item)));
    }

    internal static async Task<NoContent> HandleDelete(
        Guid itemId, CurrentUser user, CatalogDbContext db, CatalogChanges changes, TimeProvider clock, CancellationToken ct)
    {
        var item = await db.RequireItemAsync(itemId, user, ct);
        db.Remove(item);
        await changes.SaveMenuAsync(item.RestaurantId, clock.GetUtcNow(), ct);
        return TypedResults.NoContent();
    }

    // A category of another restaurant is not there, even for an admin who could see both.
    private static async Task<Guid> RequireSiblingAsync(
        CatalogDbContext db, MenuItem item, Guid categoryId, CurrentUser user, CancellationToken ct)
    {
        var category = await db.RequireCategoryAsync(categoryId, user, ct);
        return category.RestaurantId == item.RestaurantId
            ? category.Id
            : throw new RuleViolatedException("MENU_CATEGORY_NOT_FOUND");
    }
}
