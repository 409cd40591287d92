using EatFast.Catalog.Domain;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace EatFast.Catalog.Data;

/// <summary>Finds by words (French stems or as written, accents ignored) or, for typos, by likeness of the name.</summary>
internal static class TextSearch
{
    public const string Vector = "SearchVector";
    public const string Name = "SearchName";
    public const string City = "SearchCity";

    /// <summary>The first column weighs most.</summary>
    public static string VectorOf(string name, params string[] others) =>
        string.Join(" || ", Weigh(name, 'A').Concat(others.SelectMany(column => Weigh(column, 'C'))));

    // Unions throughout, no OR: each branch then has a GIN index, where an OR ends in a scan that compares every name.

    /// <summary>Active restaurants that are meant themselves or that cook what is meant.</summary>
    public static IQueryable<Restaurant> FindRestaurants(this CatalogDbContext db, string text)
    {
        var cooking = db.FindItems(text).Select(item => item.RestaurantId);
        var meant = Matching(db.Restaurants, text).Union(cooking);
        return db.Restaurants.Where(r => r.Status == RestaurantStatus.Active && meant.Contains(r.Id));
    }

    /// <summary>Items on anybody's menu; the caller decides whose.</summary>
    public static IQueryable<MenuItem> FindItems(this CatalogDbContext db, string text)
    {
        var matching = Matching(db.MenuItems, text);
        return db.MenuItems
            .Where(item => matching.Contains(item.Id))
            .Where(item => db.MenuCategories.Any(category => category.Id == item.CategoryId && category.IsActive));
    }

    /// <summary>Ids of the rows that hold the words, or a name much like them.</summary>
    private static IQueryable<Guid> Matching<T>(IQueryable<T> rows, string text) where T : class
    {
        var byWords = rows.Where(row => EF.Property<NpgsqlTsVector>(row, Vector).Matches(
            EF.Functions.WebSearchToTsQuery("french", CatalogFunctions.Plain(text)).Or(
            EF.Functions.WebSearchToTsQuery("simple", CatalogFunctions.Plain(text)))));
        var byLikeness = rows.Where(row =>
            EF.Functions.TrigramsAreWordSimilar(CatalogFunctions.Plain(text), EF.Property<string>(row, Name)));
        return byWords.Select(row => EF.Property<Guid>(row, nameof(MenuItem.Id)))
            .Union(byLikeness.Select(row => EF.Property<Guid>(row, nameof(MenuItem.Id))));
    }

    public static IOrderedQueryable<Restaurant> ByRelevance(
        this IQueryable<Restaurant> restaurants, CatalogDbContext db, string text) => restaurants
        .OrderByDescending(r => Math.Max(
            EF.Functions.TrigramsWordSimilarity(CatalogFunctions.Plain(text), EF.Property<string>(r, Name)),
            db.MenuItems.Where(item => item.RestaurantId == r.Id)
                .Select(item => (double?)EF.Functions.TrigramsWordSimilarity(CatalogFunctions.Plain(text), EF.Property<string>(item, Name)))
                .Max() ?? 0))
        .ThenByDescending(r => r.Rating)
        .ThenBy(r => r.Id);

    private static IEnumerable<string> Weigh(string column, char weight)
    {
        yield return $"setweight(to_tsvector('french'::regconfig, catalog.plain({column})), '{weight}')";
        yield return $"setweight(to_tsvector('simple'::regconfig, catalog.plain({column})), '{weight}')";
    }
}
