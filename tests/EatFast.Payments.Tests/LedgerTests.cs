using EatFast.Payments.Domain;
using Npgsql;

namespace EatFast.Payments.Tests;

public sealed class LedgerTests(PaymentsSystem system)
{
    [Theory]
    [InlineData("UPDATE payments.ledger_lines SET amount_xaf = 1")]
    [InlineData("DELETE FROM payments.ledger_entries")]
    [InlineData("TRUNCATE payments.ledger_lines")]
    public async Task What_is_booked_stays_even_for_the_owner(string change)
    {
        await APaidOrderAsync();
        await using var own = await system.Payments.OpenOwnConnectionAsync();
        await using var owner = new NpgsqlConnection(system.OwnerConnection);
        await owner.OpenAsync();

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RefusalOfAsync(own, change));
        Assert.Equal("23001", await RefusalOfAsync(owner, change));
    }

    [Fact]
    public async Task An_entry_that_does_not_balance_is_refused()
    {
        var paymentId = await APaidOrderAsync();
        await using var own = await system.Payments.OpenOwnConnectionAsync();

        var refusal = await RefusalOfAsync(own, $"""
            WITH entry AS (INSERT INTO payments.ledger_entries (id, kind, source_id, payment_id, booked_at)
                VALUES (gen_random_uuid(), 'theft', gen_random_uuid(), '{paymentId}', now()) RETURNING id)
            INSERT INTO payments.ledger_lines (entry_id, number, account, amount_xaf) SELECT id, 1, 'commission', 5 FROM entry
            """);

        Assert.Equal(PostgresErrorCodes.CheckViolation, refusal);
    }

    [Fact]
    public async Task The_service_cannot_read_another_schema()
    {
        await using var owner = new NpgsqlConnection(system.OwnerConnection);
        await owner.OpenAsync();
        await using var prepare = new NpgsqlCommand(
            "CREATE SCHEMA IF NOT EXISTS secrets; CREATE TABLE IF NOT EXISTS secrets.plans (id int)", owner);
        await prepare.ExecuteNonQueryAsync();
        await using var own = await system.Payments.OpenOwnConnectionAsync();

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RefusalOfAsync(own, "SELECT * FROM secrets.plans"));
    }

    [Fact]
    public async Task The_number_of_the_payer_is_not_readable_in_the_database()
    {
        await APaidOrderAsync();
        await using var own = await system.Payments.OpenOwnConnectionAsync();
        await using var search = new NpgsqlCommand(
            """
            SELECT count(*) FROM payments.payment_attempts AS row
            WHERE row::text LIKE '%677777777%' OR sealed_phone LIKE '%677777777%'
            """,
            own);

        Assert.Equal(0L, await search.ExecuteScalarAsync());
    }

    private async Task<Guid> APaidOrderAsync()
    {
        var order = await system.APlacedOrderAsync();
        await system.StartAsync(order, SimulatedCamPay.GoodMtn);
        return (await system.UntilAsync(order.OrderId, PaymentStatus.Completed)).Id;
    }

    private static async Task<string> RefusalOfAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState;
    }
}
