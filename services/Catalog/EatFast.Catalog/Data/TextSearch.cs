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
internal sealed record Meaning(string Words, string[] Names, double[] Likeness);

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
    /// <summary>0 to 1; none where an outer join found nobody.</summary>
    public required double? Likeness { get; init; }
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

    /// <summary>A town's active restaurants; the whole country's where the town is empty.</summary>
    public static IQueryable<Restaurant> ActiveIn(this CatalogDbContext db, string town)
    {
        var active = db.Restaurants.Where(r => r.Status == RestaurantStatus.Active);
        return town == "" ? active : active.Where(r => EF.Property<string>(r, City) == CatalogFunctions.Plain(town));
    }

    public static async Task<Meaning> UnderstandAsync(this CatalogDbContext db, string words, CancellationToken ct)
    {
        var names = await NamesLike(db, words).ToListAsync(ct);
        return new(words, [.. names.Select(name => name.Name)], [.. names.Select(name => name.Likeness)]);
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
    public static IQueryable<MeantDish> DishesOf(this CatalogDbContext db, Meaning meaning, string town) => (meaning.Names, town) switch
    {
        ([], _) => db.Database.SqlQuery<MeantDish>($"""
            SELECT id AS item_id, restaurant_id, 0.1::float8 AS likeness FROM catalog.menu_items
            WHERE search_city IS NOT NULL AND ({town} = '' OR search_city = catalog.plain({town})) AND search_vector @@ (
                websearch_to_tsquery('french', catalog.plain({meaning.Words})) || websearch_to_tsquery('english', catalog.plain({meaning.Words}))
                || websearch_to_tsquery('simple', catalog.plain({meaning.Words})))
            LIMIT {MostDescribed}
            """),
        (_, "") => db.Database.SqlQuery<MeantDish>($"""
            SELECT item.id AS item_id, item.restaurant_id, named.likeness
            FROM unnest({meaning.Names}, {meaning.Likeness}) AS named (name, likeness)
            JOIN catalog.menu_items AS item ON item.search_name = named.name AND item.search_city IS NOT NULL
            """),
        _ => db.Database.SqlQuery<MeantDish>($"""
            SELECT item.id AS item_id, item.restaurant_id, named.likeness
            FROM unnest({meaning.Names}, {meaning.Likeness}) AS named (name, likeness)
            JOIN catalog.menu_items AS item ON item.search_name = named.name AND item.search_city = catalog.plain({town})
            """)
    };

    /// <summary>Those that cook what is meant.</summary>
    public static IQueryable<MeantRestaurant> KitchensOf(this CatalogDbContext db, Meaning meaning, string town) =>
        db.DishesOf(meaning, town).GroupBy(dish => dish.RestaurantId)
            .Select(dishes => new MeantRestaurant { RestaurantId = dishes.Key, Likeness = dishes.Max(dish => dish.Likeness) });

    /// <summary>Those that are called so, or say so of themselves.</summary>
    public static IQueryable<MeantRestaurant> NamedSo(this CatalogDbContext db, Meaning meaning, string town)
    {
        var active = db.ActiveIn(town);
        var written = active.Where(Holds<Restaurant>(meaning.Words)).OrderByDescending(r => r.Rating).Take(MostNamed);
        var alike = active.Where(r => EF.Functions.TrigramsAreWordSimilar(CatalogFunctions.Plain(meaning.Words), EF.Property<string>(r, Name)));
        return Compare(written).Union(Compare(alike));

        IQueryable<MeantRestaurant> Compare(IQueryable<Restaurant> some) => some.Select(r => new MeantRestaurant
        {
            RestaurantId = r.Id,
            Likeness = EF.Functions.TrigramsWordSimilarity(CatalogFunctions.Plain(meaning.Words), EF.Property<string>(r, Name))
        });
    }

    /// <summary>Of these restaurants those that are meant, and how much.</summary>
    // Outer joins of one row each, no union of both: the planner knows how many there are, and reads each of them once.
    public static IQueryable<ListedRestaurant> Meant(this IQueryable<Restaurant> restaurants, CatalogDbContext db, Meaning meaning, string town) =>
        from r in restaurants
        join name in db.NamedSo(meaning, town) on r.Id equals name.RestaurantId into names
        from name in names.DefaultIfEmpty()
        join kitchen in db.KitchensOf(meaning, town) on r.Id equals kitchen.RestaurantId into kitchens
        from kitchen in kitchens.DefaultIfEmpty()
        where name.Likeness != null || kitchen.Likeness != null
        select new ListedRestaurant { Restaurant = r, Likeness = Math.Max(name.Likeness ?? 0, kitchen.Likeness ?? 0) };

    private static Expression<Func<T, bool>> Holds<T>(string words) => row => EF.Property<NpgsqlTsVector>(row!, Vector).Matches(
        EF.Functions.WebSearchToTsQuery("french", CatalogFunctions.Plain(words))
            .Or(EF.Functions.WebSearchToTsQuery("english", CatalogFunctions.Plain(words)))
            .Or(EF.Functions.WebSearchToTsQuery("simple", CatalogFunctions.Plain(words))));

    private static IEnumerable<string> Weigh(string column, char weight) =>
        Languages.Select(language => $"setweight(to_tsvector('{language}'::regconfig, catalog.plain({column})), '{weight}')");
}
