using System.Text;
using System.Text.Json;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Domain;
using EatFast.Security;
using Npgsql;

namespace EatFast.Payments.Tests.Features;

public sealed class StatementTests(PaymentsSystem system)
{
    [Fact]
    public async Task A_wallets_statement_adds_up_in_every_form()
    {
        var customerId = await system.ACustomerWithAsync(9_000);
        var order = await system.APlacedOrderAsync(PaymentMethods.Wallet, customerId: customerId);
        await system.SendAsync(customerId, "wallet/pay", new { orderId = order.OrderId });

        var json = await (await system.SendAsync(customerId, "wallet/statement")).DataAsync();
        var csv = await (await system.SendAsync(customerId, "wallet/statement?format=csv")).Content.ReadAsStringAsync();
        var pdf = await system.SendAsync(customerId, "wallet/statement?format=pdf");
        var bytes = Encoding.Latin1.GetString(await pdf.Content.ReadAsByteArrayAsync());

        Assert.Equal((0, 3_500), (json.GetProperty("openingBalance").GetInt64(), json.GetProperty("closingBalance").GetInt64()));
        Assert.Equal([9_000L, -5_500L], json.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("amount").GetInt64()));
        Assert.Equal(3, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.EndsWith(",wallet," + (await system.PaymentOfAsync(order.OrderId)).Id + ",-5500,3500\r\n", csv, StringComparison.Ordinal);
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("%PDF-1.4", bytes, StringComparison.Ordinal);
        Assert.Equal($"{bytes.IndexOf("xref\n", StringComparison.Ordinal)}", bytes.Split("startxref\n")[1].Split('\n')[0]);
    }

    [Fact]
    public async Task Restaurants_and_drivers_see_their_own()
    {
        var (order, driverId) = (await system.APlacedOrderAsync(PaymentMethods.Cash), Guid.NewGuid());
        await system.Payments.DeliverAsync(new OrderDelivered(
            order.OrderId, order.OrderNumber, order.CustomerId, order.RestaurantId, order.RestaurantOwnerId, driverId, order.TotalXaf, 8,
            order.PlacedAt));

        var restaurant = await OfRestaurantAsync(order.RestaurantOwnerId);
        var driver = await (await system.SendAsync(driverId, "drivers/me/wallet/statement", role: Roles.DeliveryAgent)).DataAsync();
        var stranger = await OfRestaurantAsync(Guid.NewGuid());

        Assert.Equal(3_825, restaurant.GetProperty("closingBalance").GetInt64());
        Assert.Equal(-4_500, driver.GetProperty("closingBalance").GetInt64());
        Assert.Empty(stranger.GetProperty("lines").EnumerateArray());
    }

    [Fact]
    public async Task Restaurants_and_drivers_list_their_own_transactions()
    {
        var (order, driverId) = (await system.APlacedOrderAsync(PaymentMethods.Cash), Guid.NewGuid());
        await system.Payments.DeliverAsync(new OrderDelivered(
            order.OrderId, order.OrderNumber, order.CustomerId, order.RestaurantId, order.RestaurantOwnerId, driverId, order.TotalXaf, 8,
            order.PlacedAt));

        var restaurant = await ListAsync(order.RestaurantOwnerId, "restaurant/wallet/transactions", Roles.RestaurantOwner);
        var driver = await ListAsync(driverId, "drivers/me/wallet/transactions", Roles.DeliveryAgent);
        var stranger = await ListAsync(Guid.NewGuid(), "restaurant/wallet/transactions", Roles.RestaurantOwner);
        var customer = await system.SendAsync(order.CustomerId, "restaurant/wallet/transactions");

        Assert.Equal((3_825, order.OrderId), (restaurant[0].GetProperty("amount").GetInt64(), restaurant[0].GetProperty("orderId").GetGuid()));
        Assert.Equal((1_000, "payment"), (Assert.Single(driver).GetProperty("amount").GetInt64(), driver[0].GetProperty("type").GetString()));
        Assert.Empty(stranger);
        Assert.Equal(403, (int)customer.StatusCode);
    }

    [Theory]
    [InlineData("format=xls")]
    [InlineData("from=yesterday")]
    [InlineData("from=2026-11-02&to=2026-11-01")]
    public async Task Odd_wishes_are_refused(string query)
    {
        var answer = await system.SendAsync(Guid.NewGuid(), $"wallet/statement?{query}");

        Assert.Equal(400, (int)answer.StatusCode);
    }

    [Fact]
    public async Task The_closing_balance_counts_lines_beyond_those_that_are_listed()
    {
        var customerId = Guid.NewGuid();
        await using var own = await system.Payments.OpenOwnConnectionAsync();
        await using var command = new NpgsqlCommand($"""
            WITH entries AS (INSERT INTO payments.ledger_entries (id, kind, source_id, booked_at)
                SELECT gen_random_uuid(), 'loyalty_reward', gen_random_uuid(), now() FROM generate_series(1, 10002) RETURNING id)
            INSERT INTO payments.ledger_lines (entry_id, number, account, owner_id, amount_xaf)
            SELECT id, 1, 'promotions', NULL::uuid, 2 FROM entries UNION ALL SELECT id, 2, 'wallet', '{customerId}', -2 FROM entries
            """, own);
        await command.ExecuteNonQueryAsync();

        var statement = await (await system.SendAsync(customerId, "wallet/statement")).DataAsync();

        Assert.Equal((10_000, 20_004), (statement.GetProperty("lines").GetArrayLength(), statement.GetProperty("closingBalance").GetInt64()));
    }

    [Fact]
    public async Task Any_range_of_days_is_answered()
    {
        var answer = await system.SendAsync(Guid.NewGuid(), "wallet/statement?from=0001-01-02&to=9999-12-31");

        Assert.Equal(200, (int)answer.StatusCode);
    }

    private async Task<List<JsonElement>> ListAsync(Guid ownerId, string path, string role) =>
        [.. (await (await system.SendAsync(ownerId, path, role: role)).DataAsync()).GetProperty("transactions").EnumerateArray()];

    private async Task<JsonElement> OfRestaurantAsync(Guid ownerId) =>
        await (await system.SendAsync(ownerId, "restaurant/wallet/statement", role: Roles.RestaurantOwner)).DataAsync();
}
