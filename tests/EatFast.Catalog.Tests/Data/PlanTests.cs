using EatFast.Catalog.Data;
using EatFast.Catalog.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace EatFast.Catalog.Tests.Data;

/// <summary>With sequential scans made dear, whatever has no index still shows one.</summary>
public sealed class PlanTests(CatalogSystem system)
{
    private static readonly PlaceQuery Akwa = new(Lat: 4.05, Lng: 9.70);
    private static readonly PlaceQuery Nowhere = new();

    public static TheoryData<string, RestaurantQuery, bool> Lists => new()
    {
        { "all", new RestaurantQuery(), false },
        { "city", new RestaurantQuery(City: "douala"), false },
        { "near", new RestaurantQuery(City: "douala"), true },
        { "radius", new RestaurantQuery(Radius: 5), true },
        { "open", new RestaurantQuery(City: "douala", OpenNow: true), true },
        { "rated", new RestaurantQuery(Rating: 4.5, Sort: RestaurantSort.Rating), false },
        { "quick", new RestaurantQuery(Sort: RestaurantSort.DeliveryTime), false },
        { "cheap", new RestaurantQuery(Cuisine: "grill", PriceRange: "1", Sort: RestaurantSort.DeliveryFee), false },
        { "words", new RestaurantQuery(Q: "ndole"), false },
        { "typos near", new RestaurantQuery(Q: "pulet brese", City: "douala"), true }
    };

    [Theory, MemberData(nameof(Lists))]
    public async Task Every_list_of_restaurants_is_found_by_an_index(string name, RestaurantQuery wanted, bool isNear)
    {
        var plans = await system.Catalog.WithDbAsync(async db =>
        {
            var (place, now) = (isNear ? Akwa : Nowhere, system.Clock.GetUtcNow());
            var meaning = wanted.Words is { } words ? await db.UnderstandAsync(words, TestContext.Current.CancellationToken) : null;
            var found = ListRestaurants.Narrow(db, meaning, wanted, place, now);
            var page = ListRestaurants.Sort(found, wanted, place).Take(20).Select(listed => listed.Restaurant.Id);
            return await ExplainAsync(db, found.Select(listed => listed.Restaurant.Id)) + await ExplainAsync(db, page);
        });

        Assert.DoesNotContain("Seq Scan", plans, StringComparison.Ordinal);
        Assert.True(plans.Contains("Index", StringComparison.Ordinal), name);
    }

    [Theory]
    [InlineData("poulet", "")]
    [InlineData("ndoel", "douala")]
    [InlineData("chez tantine", "douala")]
    [InlineData("braisé au charbon", "")]
    public async Task Every_search_is_found_by_an_index(string words, string town)
    {
        var plans = await system.Catalog.WithDbAsync(async db =>
        {
            var meaning = await db.UnderstandAsync(words, TestContext.Current.CancellationToken);
            return await ExplainAsync(db, TextSearch.NamesLike(db, words))
                + await ExplainAsync(db, First(SearchCatalog.Active(db, town, null).Meant(db, meaning, town)))
                + await ExplainAsync(db, First(SearchCatalog.Cooking(SearchCatalog.Active(db, town, "grill"), db, meaning, town)))
                + await ExplainAsync(db, SearchCatalog.Items(db, meaning, town, [Guid.Empty], Nowhere).Take(20));
        });

        Assert.DoesNotContain("Seq Scan", plans, StringComparison.Ordinal);
        Assert.Contains("Index", plans, StringComparison.Ordinal);
    }

    private static IQueryable<Guid> First(IQueryable<ListedRestaurant> found) =>
        found.ByRelevance(Nowhere).Take(20).Select(listed => listed.Restaurant.Id);

    private static async Task<string> ExplainAsync<T>(CatalogDbContext db, IQueryable<T> query)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Database.ExecuteSqlAsync($"SET LOCAL enable_seqscan = off");
        await using var command = query.CreateDbCommand();
        command.Transaction = transaction.GetDbTransaction();
        command.CommandText = "EXPLAIN " + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new System.Text.StringBuilder();
        while (await reader.ReadAsync())
            plan.AppendLine(reader.GetString(0));
        return plan.ToString();
    }
}
