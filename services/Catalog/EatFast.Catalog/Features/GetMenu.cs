using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Errors;
using EatFast.Http;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Features;

/// <summary>Anyone reads the menu of an active restaurant; it comes from the cache, or in one query.</summary>
internal static class GetMenu
{
    public static void Map(IEndpointRouteBuilder open)
    {
        open.MapGet("/guest/restaurants/{restaurantId:guid}/menu", Handle)
            .WithName("GetGuestMenu")
            .WithSummary("Get a restaurant's menu as a guest")
            .Produces<Envelope<MenuView>>()
            .Produces(304)
            .ProducesProblem(404);
        open.MapGet("/restaurants/{restaurantId:guid}/menu", Handle)
            .WithName(nameof(GetMenu))
            .WithSummary("Get a restaurant's menu")
            .Produces<Envelope<MenuView>>()
            .Produces(304)
            .ProducesProblem(404);
    }

    internal static async Task<IResult> Handle(Guid restaurantId, HttpRequest request, PublicAnswers answers, CancellationToken ct) =>
        request.Query.ContainsKey("fields")
            // What is sold out has to be gone within two seconds, and a replica may be five behind.
            ? await answers.BrieflyAsync(request, (db, token) => RequireAsync(db, restaurantId, token), mayBeLate: false, ct)
            : await answers.MenuAsync(restaurantId, (db, token) => RequireAsync(db, restaurantId, token), ct);

    private static async Task<MenuView> RequireAsync(CatalogDbContext db, Guid restaurantId, CancellationToken ct) =>
        await ReadAsync(db, restaurantId, ct) ?? throw new RuleViolatedException("RESTAURANT_NOT_FOUND");

    private static Task<MenuView?> ReadAsync(CatalogDbContext db, Guid restaurantId, CancellationToken ct) => db.Restaurants
        .AsNoTracking()
        .AsSingleQuery()
        .Where(r => r.Id == restaurantId && r.Status == RestaurantStatus.Active)
        .Select(r => new MenuView(r.Id, db.MenuCategories
            .Where(category => category.RestaurantId == r.Id && category.IsActive)
            .OrderBy(category => category.SortOrder)
            .Select(category => new CategoryView(
                category.Id, category.Name, category.Description, category.SortOrder, category.IsActive, category.ImageUrl,
                db.MenuItems
                    .Where(item => item.CategoryId == category.Id)
                    .OrderBy(item => item.SortOrder)
                    .Select(item => new ItemView(
                        item.Id, item.RestaurantId, item.CategoryId, category.Name, item.Name, item.Description,
                        item.PriceXaf, "XAF", item.ImageUrl,
                        item.IsAvailable && (item.Stock == null || item.Stock > 0), item.PreparationMinutes,
                        item.Allergens, item.DietaryTags,
                        item.Options
                            .OrderBy(option => option.SortOrder)
                            .Select(option => new OptionView(
                                option.Id, option.Name, option.Type, option.IsRequired, option.MaxSelections,
                                option.Values
                                    .OrderBy(value => value.SortOrder)
                                    .Select(value => new OptionValueView(
                                        value.Id, value.Name, value.PriceXaf, value.IsAvailable, value.IsDefault))
                                    .ToList()))
                            .ToList()))
                    .ToList()))
            .ToList()))
        .SingleOrDefaultAsync(ct);
}
