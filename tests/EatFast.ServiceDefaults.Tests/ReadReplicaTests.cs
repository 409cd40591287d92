using EatFast.Data;
using EatFast.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.ServiceDefaults.Tests;

public sealed class ReadReplicaTests : IAsyncLifetime
{
    private const string Schema = "catalog";
    private ReplicatedPostgres _postgres = null!;
    private WebApplication _service = null!;

    public sealed class Dishes(DbContextOptions<Dishes> options) : DbContext(options)
    {
        public DbSet<Dish> All => Set<Dish>();
    }

    public sealed class Dish
    {
        public int Id { get; init; }
        public string Name { get; init; } = "";
    }

    public async ValueTask InitializeAsync()
    {
        _postgres = await ReplicatedPostgres.StartAsync();
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["ConnectionStrings:eatfast"] = _postgres.Primary;
        builder.Configuration["Postgres:Replica"] = _postgres.ReplicaAddress;
        builder.Configuration["Postgres:ReplicaLag"] = "00:00:03";
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddPostgres<Dishes>(Schema);
        builder.AddReadReplica<Dishes>(Schema);
        _service = builder.Build();
        await ReplicatedPostgres.AskAsync(_postgres.Primary, """CREATE TABLE "all" (id int, name text); INSERT INTO "all" VALUES (1, 'Ndolé')""");
        await Eventually.AsTrue(async () => await CountAtReplicaAsync() == 1, "the replica has caught up");
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    [Fact]
    public async Task Reads_go_to_the_replica_until_it_is_late_or_away()
    {
        await ReplicatedPostgres.AskAsync(_postgres.Replica, "SELECT pg_wal_replay_pause()");
        Assert.True(await IsReplicaAsync());
        await ReplicatedPostgres.AskAsync(_postgres.Primary, """UPDATE "all" SET name = 'Eru'""");

        Assert.Equal("Ndolé", await ReadAsync());
        await SeesAsync("Eru", "too late a replica is left alone");

        await ReplicatedPostgres.AskAsync(_postgres.Replica, "SELECT pg_wal_replay_resume()");
        await Eventually.AsTrue(IsReplicaAsync, "the replica is used again");

        await _postgres.StopReplicaAsync();
        await ReplicatedPostgres.AskAsync(_postgres.Primary, """UPDATE "all" SET name = 'Koki'""");
        await SeesAsync("Koki", "the primary takes over");
    }

    private async Task<long> CountAtReplicaAsync()
    {
        var exists = await ReplicatedPostgres.AskAsync(_postgres.Replica, """SELECT to_regclass('"all"') IS NOT NULL""") is true;
        return exists ? (long)(await ReplicatedPostgres.AskAsync(_postgres.Replica, """SELECT count(*) FROM "all" """))! : 0;
    }

    private Task SeesAsync(string name, string what) => Eventually.AsTrue(async () => await ReadAsync() == name, what);

    private Task<string> ReadAsync() => ReadAsync(async (db, ct) => (await db.All.SingleAsync(ct)).Name);

    private Task<bool> IsReplicaAsync() => ReadAsync((db, ct) =>
        db.Database.SqlQueryRaw<bool>("""SELECT pg_is_in_recovery() AS "Value" """).SingleAsync(ct));

    private async Task<T> ReadAsync<T>(Func<Dishes, CancellationToken, Task<T>> read)
    {
        await using var scope = _service.Services.CreateAsyncScope();
        var replica = _service.Services.GetRequiredService<ReadReplica<Dishes>>();
        return await replica.ReadAsync(scope.ServiceProvider, read, TestContext.Current.CancellationToken);
    }
}
