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
    bool IsAvailable);

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
        var city = wanted.City?.Trim() ?? "";
        var restaurants = await db.FindRestaurants(wanted.Q)
            .Where(r => city == "" || EF.Property<string>(r, TextSearch.City) == CatalogFunctions.Plain(city))
            .ByRelevance(db, wanted.Q, place.Y, place.X)
            .Take(wanted.Limit)
            .Select(RestaurantView.At(now, place.Y, place.X))
            .ToListAsync(ct);
        var items = await Items(db, wanted.Q, city).Take(wanted.Limit).ToListAsync(ct);
        return new(wanted.Q, restaurants, items);
    }

    internal static IQueryable<FoundItemView> Items(CatalogDbContext db, string words, string city) =>
        from dish in db.DishesLike(words)
        join r in db.Restaurants.Where(r => r.Status == RestaurantStatus.Active)
                .Where(r => city == "" || EF.Property<string>(r, TextSearch.City) == CatalogFunctions.Plain(city))
            on dish.RestaurantId equals r.Id
        join item in db.MenuItems on dish.ItemId equals item.Id
        orderby dish.Likeness descending, item.IsAvailable descending, r.Rating descending, item.Id
        select new FoundItemView(
            item.Id, r.Id, r.Name, item.Name, item.Description, item.PriceXaf, "XAF", item.ImageUrl,
            item.IsAvailable && (item.Stock == null || item.Stock > 0));
}
