using EatFast.Catalog.Domain;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace EatFast.Catalog.Data;

/// <summary>The name of one or many dishes; a trigger keeps one row per name, so that words are compared once and not per restaurant.</summary>
internal sealed class DishName
{
    public required string Name { get; init; }
}

/// <summary>A dish that is meant by some words, and how much its name is like them.</summary>
internal sealed class MeantDish
{
    public required Guid ItemId { get; init; }
    public required Guid RestaurantId { get; init; }
    public required double Likeness { get; init; }
}

/// <summary>Finds by words (French stems or as written, accents ignored) or, for typos, by likeness of the name.</summary>
internal static class TextSearch
{
    public const string Vector = "SearchVector";
    public const string Name = "SearchName";
    public const string City = "SearchCity";
    private const int MostNames = 100;

    /// <summary>The first column weighs most.</summary>
    public static string VectorOf(string name, params string[] others) =>
        string.Join(" || ", Weigh(name, 'A').Concat(others.SelectMany(column => Weigh(column, 'C'))));

    // Unions throughout, no OR: each branch then has a GIN index, where an OR ends in a scan that compares every name.

    /// <summary>Active restaurants that are meant themselves or that cook what is meant.</summary>
    public static IQueryable<Restaurant> FindRestaurants(this CatalogDbContext db, string text)
    {
        var named = Matching<Restaurant, Guid>(db.Restaurants, nameof(Restaurant.Id), Name, text);
        var meant = named.Union(db.DishesLike(text).Select(dish => dish.RestaurantId));
        return db.Restaurants.Where(r => r.Status == RestaurantStatus.Active && meant.Contains(r.Id));
    }

    /// <summary>Dishes on anybody's menu, by the likest names; the caller decides whose.</summary>
    public static IQueryable<MeantDish> DishesLike(this CatalogDbContext db, string text)
    {
        // Few names, however many dishes: comparing words costs by the name, and ix_menu_items_dishes_by_name leads to the dishes.
        var names = Matching<DishName, string>(db.DishNames, nameof(DishName.Name), nameof(DishName.Name), text)
            .Select(name => new { Name = name, Likeness = EF.Functions.TrigramsWordSimilarity(CatalogFunctions.Plain(text), name) })
            .OrderByDescending(dish => dish.Likeness).ThenBy(dish => dish.Name).Take(MostNames);
        var hidden = db.MenuCategories.Where(category => !category.IsActive).Select(category => category.Id);
        return from item in db.MenuItems
               join dish in names on EF.Property<string>(item, Name) equals dish.Name
               where !hidden.Contains(item.CategoryId)
               select new MeantDish { ItemId = item.Id, RestaurantId = item.RestaurantId, Likeness = dish.Likeness };
    }

    /// <summary>The likest first, by its own name or a dish's; among equals the nearest where a place is known, then the best rated.</summary>
    public static IQueryable<Restaurant> ByRelevance(
        this IQueryable<Restaurant> restaurants, CatalogDbContext db, string text, double? latitude, double? longitude)
    {
        var cooking = db.DishesLike(text).GroupBy(dish => dish.RestaurantId)
            .Select(dishes => new { RestaurantId = dishes.Key, Likeness = dishes.Max(dish => dish.Likeness) });
        return from r in restaurants
               join kitchen in cooking on r.Id equals kitchen.RestaurantId into kitchens
               from kitchen in kitchens.DefaultIfEmpty()
               orderby
                   Math.Max(
                       EF.Functions.TrigramsWordSimilarity(CatalogFunctions.Plain(text), EF.Property<string>(r, Name)),
                       (double?)kitchen.Likeness ?? 0) descending,
                   CatalogFunctions.DistanceKm(r.Latitude, r.Longitude, latitude, longitude),
                   r.Rating descending,
                   r.Id
               select r;
    }

    /// <summary>Keys of the rows that hold the words, or a name much like them.</summary>
    private static IQueryable<TKey> Matching<T, TKey>(IQueryable<T> rows, string key, string name, string text) where T : class
    {
        var byWords = rows.Where(row => EF.Property<NpgsqlTsVector>(row, Vector).Matches(
            EF.Functions.WebSearchToTsQuery("french", CatalogFunctions.Plain(text)).Or(
            EF.Functions.WebSearchToTsQuery("simple", CatalogFunctions.Plain(text)))));
        var byLikeness = rows.Where(row =>
            EF.Functions.TrigramsAreWordSimilar(CatalogFunctions.Plain(text), EF.Property<string>(row, name)));
        return byWords.Select(row => EF.Property<TKey>(row, key)).Union(byLikeness.Select(row => EF.Property<TKey>(row, key)));
    }

    private static IEnumerable<string> Weigh(string column, char weight)
    {
        yield return $"setweight(to_tsvector('french'::regconfig, catalog.plain({column})), '{weight}')";
        yield return $"setweight(to_tsvector('simple'::regconfig, catalog.plain({column})), '{weight}')";
    }
}
