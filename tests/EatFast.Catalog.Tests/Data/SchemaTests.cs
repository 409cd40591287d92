using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EatFast.Catalog.Tests.Data;

public sealed class SchemaTests(CatalogSystem system)
{
    [Fact]
    public async Task The_services_login_cannot_read_another_schema()
    {
        await using var owner = new NpgsqlConnection(system.OwnerConnection);
        await owner.OpenAsync(TestContext.Current.CancellationToken);
        await using (var create = new NpgsqlCommand("CREATE SCHEMA neighbour; CREATE TABLE neighbour.secrets (id int)", owner))
            await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await using var own = await system.Catalog.OpenOwnConnectionAsync();
        await using var peek = new NpgsqlCommand("SELECT * FROM neighbour.secrets", own);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => peek.ExecuteReaderAsync(TestContext.Current.CancellationToken));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Seeding_again_changes_nothing()
    {
        var before = await system.Catalog.WithDbAsync(db => db.MenuItems.CountAsync());

        await system.Catalog.WithDbAsync(async db =>
        {
            await DemoData.SeedAsync(db, TestContext.Current.CancellationToken);
            return 0;
        });

        Assert.True(before >= 48);
        Assert.Equal(8, await system.Catalog.WithDbAsync(db => db.MenuItems
            .CountAsync(item => item.RestaurantId == new Guid("01990000-0000-7000-8000-100300000000"))));
    }

    [Fact]
    public async Task Names_are_searched_through_the_indexes()
    {
        var plan = await system.Catalog.WithDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlAsync($"SET LOCAL enable_seqscan = off");
            return string.Join('\n', await db.Database
                .SqlQuery<string>($"EXPLAIN SELECT name FROM catalog.dish_names WHERE catalog.plain('ndoel') <% name")
                .ToListAsync());
        });

        Assert.Contains("ix_dish_names_name", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_nearest_come_straight_from_the_index()
    {
        var plan = await system.Catalog.WithDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlAsync($"SET LOCAL enable_seqscan = off");
            await db.Database.ExecuteSqlAsync($"SET LOCAL enable_sort = off");
            return string.Join('\n', await db.Database
                .SqlQuery<string>($"""
                    EXPLAIN SELECT id FROM catalog.restaurants WHERE status = 'active'
                    ORDER BY catalog.degrees_apart(latitude, longitude, 4.05::float8, 9.7::float8) LIMIT 20
                    """)
                .ToListAsync());
        });

        Assert.Contains("ix_restaurants_place", plan, StringComparison.Ordinal);
    }
}
