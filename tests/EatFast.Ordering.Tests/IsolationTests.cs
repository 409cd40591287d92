using Npgsql;

namespace EatFast.Ordering.Tests;

public sealed class IsolationTests(OrderingSystem system)
{
    [Fact]
    public async Task The_services_login_reads_no_other_schema()
    {
        await using var owner = new NpgsqlConnection(system.OwnerConnection);
        await owner.OpenAsync(TestContext.Current.CancellationToken);
        await using var create = new NpgsqlCommand("CREATE SCHEMA other; CREATE TABLE other.secrets (id int)", owner);
        await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await using var own = await system.Ordering.OpenOwnConnectionAsync();
        await using var look = new NpgsqlCommand("SELECT * FROM other.secrets", own);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => look.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));

        Assert.Equal("42501", refused.SqlState);
    }
}
