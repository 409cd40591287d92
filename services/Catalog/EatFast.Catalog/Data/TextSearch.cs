using System.Linq.Expressions;
using EatFast.Catalog.Domain;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace EatFast.Catalog.Data;

/// <summary>The name of one or many dishes; a trigger keeps one row per name, so that words are compared once and not per restaurant.</summary>
internal sealed class DishName
{
    public required string Name { get; init; }
}

/// <summary>A name of dishes, and how like it is to somebody's words (0 to 1).</summary>
internal sealed class DishLikeness
{
    public required string Name { get; init; }
    public required double Likeness { get; init; }
}

/// <summary>What somebody's words may mean: the names of dishes, the likest first, and how like each is (0 to 1).</summary>
/// <param name="Words">As they were typed.</param>
/// <param name="Names">Plain names; none when no dish is called so, then the words are looked for in the dishes' descriptions.</param>
/// <param name="Likeness">One for each name.</param>
/// <param name="IsWritten">Whether a restaurant says the words of itself as they are; only then typos in its name are not looked for.</param>
internal sealed record Meaning(string Words, string[] Names, double[] Likeness, bool IsWritten);

/// <summary>A dish that is meant by some words, and how much its name is like them.</summary>
internal sealed class MeantDish
{
    public required Guid ItemId { get; init; }
    public required Guid RestaurantId { get; init; }
    public required double Likeness { get; init; }
}

/// <summary>A restaurant that is meant by some words: by its own name, by what it says of itself, or by a dish that it cooks.</summary>
internal sealed class MeantRestaurant
{
    public required Guid RestaurantId { get; init; }
    public required double Likeness { get; init; }
}

/// <summary>Finds by words (French or English stems or as written, accents ignored) or, for typos, by likeness of the name.</summary>
internal static class TextSearch
{
    public const string Vector = "SearchVector";
    public const string Name = "SearchName";
    public const string City = "SearchCity";
    private const int MostNames = 200;
    private const int MostDescribed = 1_000;
    // Words like 'grill' may stand in everybody's description: of so many, the best rated are enough.
    private const int MostNamed = 2_000;
    private static readonly string[] Languages = ["french", "english", "simple"];

    /// <summary>The first column weighs most.</summary>
    public static string VectorOf(string name, params string[] others) =>
        string.Join(" || ", Weigh(name, 'A').Concat(others.SelectMany(column => Weigh(column, 'C'))));

    public static async Task<Meaning> UnderstandAsync(this CatalogDbContext db, string words, CancellationToken ct)
    {
        var names = await NamesLike(db, words).ToListAsync(ct);
        var isWritten = await Active(db, "").Where(Holds<Restaurant>(words)).AnyAsync(ct);
        return new(words, [.. names.Select(name => name.Name)], [.. names.Select(name => name.Likeness)], isWritten);
    }

    /// <summary>Few names, however many dishes: comparing words costs by the name, and an index leads from name and town to the dishes.</summary>
    public static IQueryable<DishLikeness> NamesLike(CatalogDbContext db, string words)
    {
        // A union, no OR: each branch then has a GIN index, where an OR ends in a scan that compares every name.
        var written = db.DishNames.Where(Holds<DishName>(words)).Select(dish => dish.Name);
        var alike = db.DishNames.Select(dish => dish.Name).Where(name => EF.Functions.TrigramsAreWordSimilar(CatalogFunctions.Plain(words), name));
        return written.Union(alike)
            .Select(name => new DishLikeness { Name = name, Likeness = EF.Functions.TrigramsWordSimilarity(CatalogFunctions.Plain(words), name) })
            .OrderByDescending(dish => dish.Likeness).ThenBy(dish => dish.Name).Take(MostNames);
    }

    /// <summary>Dishes on the menus of a town's active restaurants; of the whole country's where the town is empty.</summary>
    public static IQueryable<MeantDish> DishesOf(this CatalogDbContext db, Meaning meaning, string town) => meaning.Names.Length == 0
        ? db.MenuItems.Where(Holds<MenuItem>(meaning.Words))
            .Where(item => EF.Property<string?>(item, City) != null && (town == "" || EF.Property<string>(item, City) == CatalogFunctions.Plain(town)))
            .OrderBy(item => item.Id).Take(MostDescribed)
            .Select(item => new MeantDish { ItemId = item.Id, RestaurantId = item.RestaurantId, Likeness = 0.1 })
        : town == ""
            ? db.Database.SqlQuery<MeantDish>($"""
                SELECT item.id AS item_id, item.restaurant_id, named.likeness
                FROM unnest({meaning.Names}, {meaning.Likeness}) AS named (name, likeness)
                JOIN catalog.menu_items AS item ON item.search_name = named.name AND item.search_city IS NOT NULL
                """)
            : db.Database.SqlQuery<MeantDish>($"""
                SELECT item.id AS item_id, item.restaurant_id, named.likeness
                FROM unnest({meaning.Names}, {meaning.Likeness}) AS named (name, likeness)
                JOIN catalog.menu_items AS item ON item.search_name = named.name AND item.search_city = catalog.plain({town})
                """);

    public static IQueryable<MeantRestaurant> KitchensOf(this CatalogDbContext db, Meaning meaning, string town) =>
        db.DishesOf(meaning, town).GroupBy(dish => dish.RestaurantId)
            .Select(dishes => new MeantRestaurant { RestaurantId = dishes.Key, Likeness = dishes.Max(dish => dish.Likeness) });

    public static IQueryable<MeantRestaurant> RestaurantsOf(this CatalogDbContext db, Meaning meaning, string town)
    {
        var named = Active(db, town).Where(meaning.IsWritten
            ? Holds<Restaurant>(meaning.Words)
            : r => EF.Functions.TrigramsAreWordSimilar(CatalogFunctions.Plain(meaning.Words), EF.Property<string>(r, Name)));
        var byName = named.OrderByDescending(r => r.Rating).Take(MostNamed).Select(r => new
        {
            RestaurantId = r.Id,
            Likeness = EF.Functions.TrigramsWordSimilarity(CatalogFunctions.Plain(meaning.Words), EF.Property<string>(r, Name))
        });
        var byDish = db.DishesOf(meaning, town).Select(dish => new { dish.RestaurantId, dish.Likeness });
        return byName.Concat(byDish).GroupBy(found => found.RestaurantId)
            .Select(found => new MeantRestaurant { RestaurantId = found.Key, Likeness = found.Max(one => one.Likeness) });
    }

    private static IQueryable<Restaurant> Active(CatalogDbContext db, string town)
    {
        var active = db.Restaurants.Where(r => r.Status == RestaurantStatus.Active);
        return town == "" ? active : active.Where(r => EF.Property<string>(r, City) == CatalogFunctions.Plain(town));
    }

    private static Expression<Func<T, bool>> Holds<T>(string words) => row => EF.Property<NpgsqlTsVector>(row!, Vector).Matches(
        EF.Functions.WebSearchToTsQuery("french", CatalogFunctions.Plain(words))
            .Or(EF.Functions.WebSearchToTsQuery("english", CatalogFunctions.Plain(words)))
            .Or(EF.Functions.WebSearchToTsQuery("simple", CatalogFunctions.Plain(words))));

    private static IEnumerable<string> Weigh(string column, char weight) =>
        Languages.Select(language => $"setweight(to_tsvector('{language}'::regconfig, catalog.plain({column})), '{weight}')");
}
