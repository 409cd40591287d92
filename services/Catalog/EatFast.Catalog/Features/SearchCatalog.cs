using System.ComponentModel.DataAnnotations;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Features;

public sealed record SearchCatalogQuery(
    [property: FromQuery(Name = "q"), Required, StringLength(100)] string Q,
    [property: FromQuery(Name = "city"), StringLength(60)] string? City = null,
    [property: FromQuery(Name = "category"), StringLength(60)] string? Category = null,
    [property: FromQuery(Name = "limit"), Range(1, 100)] int Limit = 20);

public sealed record SearchCatalogResponse(string Query, IReadOnlyList<RestaurantView> Restaurants, IReadOnlyList<FoundItemView> Items);

public sealed record FoundItemView(
    Guid Id,
    Guid RestaurantId,
    string RestaurantName,
    string Name,
    string Description,
    long Price,
    string Currency,
    string? ImageUrl,
    bool IsAvailable)
{
    public string? ImageSrcset => ImageName.SrcsetOf(ImageUrl);
}

/// <summary>Anyone types a word and gets restaurants and items alike, the likest first; accents and small typos do not matter.</summary>
internal static class SearchCatalog
{
    public static void Map(IEndpointRouteBuilder open) => open
        .MapGet("/search", Handle)
        .WithName(nameof(SearchCatalog))
        .WithSummary("Search restaurants and items")
        .Produces<Envelope<SearchCatalogResponse>>()
        .Produces(304);

    internal static async Task<IResult> Handle(
        [AsParameters] SearchCatalogQuery wanted,
        [AsParameters] PlaceQuery place,
        HttpRequest request,
        PublicAnswers answers,
        TimeProvider clock,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await answers.BrieflyAsync(request, (db, token) => ReadAsync(db, wanted, place, now, token), ct);
    }

    private static async Task<SearchCatalogResponse> ReadAsync(
        CatalogDbContext db, SearchCatalogQuery wanted, PlaceQuery place, DateTimeOffset now, CancellationToken ct)
    {
        var meaning = await db.UnderstandAsync(wanted.Q, ct);
        var (town, cuisine) = (wanted.City?.Trim() ?? "", RestaurantQuery.CuisineOf(wanted.Category));
        var active = Active(db, town, cuisine);
        var ids = await FirstAsync(active.Meant(db, meaning, town));
        var items = await Items(db, meaning, town, ids, place).Take(wanted.Limit).ToListAsync(ct);
        if (items.Count < wanted.Limit)
        {
            // Restaurants that are only called so have crowded out kitchens; each of these cooks at least one of the dishes.
            var kitchens = await FirstAsync(Cooking(active, db, meaning, town));
            items = await Items(db, meaning, town, kitchens, place).Take(wanted.Limit).ToListAsync(ct);
        }
        return new(wanted.Q, await db.ViewsAsync(ids, now, place, ct), items);

        Task<List<Guid>> FirstAsync(IQueryable<ListedRestaurant> found) =>
            found.ByRelevance(place).Take(wanted.Limit).Select(listed => listed.Restaurant.Id).ToListAsync(ct);
    }

    internal static IQueryable<Restaurant> Active(CatalogDbContext db, string town, string? cuisine)
    {
        var active = db.ActiveIn(town);
        return cuisine is null ? active : active.Where(r => r.CuisineType == cuisine);
    }

    internal static IQueryable<ListedRestaurant> Cooking(IQueryable<Restaurant> active, CatalogDbContext db, Meaning meaning, string town) =>
        active.Join(db.KitchensOf(meaning, town), r => r.Id, kitchen => kitchen.RestaurantId,
            (r, kitchen) => new ListedRestaurant { Restaurant = r, Likeness = kitchen.Likeness ?? 0 });

    internal static IQueryable<FoundItemView> Items(CatalogDbContext db, Meaning meaning, string town, List<Guid> kitchens, PlaceQuery place) =>
        from dish in db.DishesOf(meaning, town)
        where kitchens.Contains(dish.RestaurantId)
        join r in db.Restaurants on dish.RestaurantId equals r.Id
        join item in db.MenuItems on dish.ItemId equals item.Id
        orderby
            dish.Likeness descending, item.IsAvailable descending,
            CatalogFunctions.DistanceKm(r.Latitude, r.Longitude, place.Y, place.X), r.Rating descending, item.Id
        select new FoundItemView(
            item.Id, r.Id, r.Name, item.Name, item.Description, item.PriceXaf, "XAF", item.ImageUrl,
            item.IsAvailable && (item.Stock == null || item.Stock > 0));
}
