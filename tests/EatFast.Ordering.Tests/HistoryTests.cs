using Npgsql;

namespace EatFast.Ordering.Tests;

/// <summary>The database itself keeps an order's history whole, whoever writes.</summary>
public sealed class HistoryTests(OrderingSystem system)
{
    [Theory]
    [InlineData("UPDATE ordering.orders SET version = version + 1 WHERE id = '{0}'")]
    [InlineData("UPDATE ordering.orders SET version = version - 1 WHERE id = '{0}'")]
    [InlineData("""
        WITH moved AS (UPDATE ordering.orders SET version = version + 2 WHERE id = '{0}' RETURNING id, version)
        INSERT INTO ordering.order_events (order_id, version, kind, status, actor, at)
        SELECT id, version, 'confirmed', 'confirmed', 'admin', now() FROM moved
        """)]
    [InlineData("""
        INSERT INTO ordering.order_events (order_id, version, kind, status, actor, at)
        VALUES ('{0}', 9, 'confirmed', 'confirmed', 'admin', now())
        """)]
    public async Task A_gap_or_a_line_too_many_is_refused(string change)
    {
        var order = await system.OrderAtAsync("pending");
        await using var own = await system.Ordering.OpenOwnConnectionAsync();

        Assert.Equal(PostgresErrorCodes.CheckViolation, await RefusalOfAsync(own, change.Replace("{0}", $"{order.Id}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_same_version_cannot_be_written_twice()
    {
        var order = await system.OrderAtAsync("pending");
        await using var own = await system.Ordering.OpenOwnConnectionAsync();

        var refusal = await RefusalOfAsync(own, $"""
            INSERT INTO ordering.order_events (order_id, version, kind, status, actor, at)
            VALUES ('{order.Id}', 2, 'released', 'pending', 'system', now())
            """);

        Assert.Equal(PostgresErrorCodes.UniqueViolation, refusal);
    }

    [Theory]
    [InlineData("UPDATE ordering.order_events SET actor = 'customer'")]
    [InlineData("DELETE FROM ordering.order_events")]
    [InlineData("TRUNCATE ordering.order_events")]
    public async Task What_happened_stays_even_for_the_owner(string change)
    {
        await system.OrderAtAsync("pending");
        await using var own = await system.Ordering.OpenOwnConnectionAsync();
        await using var owner = new NpgsqlConnection(system.OwnerConnection);
        await owner.OpenAsync();

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RefusalOfAsync(own, change));
        Assert.Equal("23001", await RefusalOfAsync(owner, change));
    }

    private static async Task<string> RefusalOfAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState;
    }
}
