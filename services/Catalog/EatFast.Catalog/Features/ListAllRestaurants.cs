using System.ComponentModel.DataAnnotations;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Errors;
using EatFast.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Features;

public sealed record ListAllRestaurantsQuery(
    [property: FromQuery(Name = "status"), AllowedValues(
        null, RestaurantStatus.Active, RestaurantStatus.Inactive, RestaurantStatus.Pending, RestaurantStatus.Suspended)]
    string? Status = null,
    [property: FromQuery(Name = "city"), StringLength(60)] string? City = null,
    [property: FromQuery(Name = "search"), StringLength(100)] string? Search = null);

public sealed record ListAllRestaurantsResponse(IReadOnlyList<OwnedRestaurantView> Restaurants, Pagination Pagination);

/// <summary>Admins see every restaurant, the newest first, whatever its status.</summary>
internal static class ListAllRestaurants
{
    public static void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/admin/restaurants", Handle).WithName(nameof(ListAllRestaurants)).WithSummary("List all restaurants");
        admin.MapGet("/admin/restaurants/{restaurantId:guid}", HandleOne).WithName("GetAnyRestaurant").WithSummary("Read any restaurant");
    }

    internal static async Task<Ok<Envelope<ListAllRestaurantsResponse>>> Handle(
        [AsParameters] ListAllRestaurantsQuery query, [AsParameters] PageQuery page, CatalogDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var found = Narrow(db.Restaurants.AsNoTracking(), query);
        var total = await found.LongCountAsync(ct);
        var rows = await found.OrderByDescending(r => r.CreatedAt).ThenBy(r => r.Id).Skip(page.Skip).Take(page.Limit).ToListAsync(ct);
        var ids = rows.ConvertAll(r => r.Id);
        var views = await db.Restaurants.Where(r => ids.Contains(r.Id))
            .Select(RestaurantView.At(clock.GetUtcNow(), null, null)).ToDictionaryAsync(view => view.Id, ct);
        return Answer.Ok(new ListAllRestaurantsResponse(rows.ConvertAll(r => new OwnedRestaurantView(views[r.Id], r)), page.Of(total)));
    }

    internal static async Task<Ok<Envelope<OwnedRestaurantView>>> HandleOne(
        Guid restaurantId, CatalogDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var restaurant = await db.Restaurants.SingleOrDefaultAsync(r => r.Id == restaurantId, ct)
            ?? throw new RuleViolatedException("RESTAURANT_NOT_FOUND");
        return Answer.Ok(await db.ViewOwnedAsync(restaurant, clock.GetUtcNow(), ct));
    }

    private static IQueryable<Restaurant> Narrow(IQueryable<Restaurant> all, ListAllRestaurantsQuery query)
    {
        if (query.Status is { } status)
            all = all.Where(r => r.Status == status);
        if (!string.IsNullOrWhiteSpace(query.City))
            all = all.Where(r => EF.Property<string>(r, TextSearch.City) == CatalogFunctions.Plain(query.City.Trim()));
        if (!string.IsNullOrWhiteSpace(query.Search))
            all = all.Where(r => EF.Functions.TrigramsAreWordSimilar(
                CatalogFunctions.Plain(query.Search), EF.Property<string>(r, TextSearch.Name)));
        return all;
    }
}
