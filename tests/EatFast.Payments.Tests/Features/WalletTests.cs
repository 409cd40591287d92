using EatFast.Ordering.Contracts;
using EatFast.Payments.Contracts;
using EatFast.Payments.Contracts.V1;
using EatFast.Payments.Domain;
using Grpc.Net.Client;
using Npgsql;

namespace EatFast.Payments.Tests.Features;

public sealed class WalletTests(PaymentsSystem system)
{
    [Fact]
    public async Task A_top_up_is_credited_when_the_provider_says_that_it_came()
    {
        var (customerId, phone) = (Guid.NewGuid(), system.APhone());

        var answer = await system.SendAsync(
            customerId, "wallet/topup", new { amount = 2_500.0, paymentMethod = "mtn_money", phoneNumber = phone, metadata = new { } }, key: "once");
        var again = await system.SendAsync(
            customerId, "wallet/topup", new { amount = 2_500.0, paymentMethod = "mtn_money", phoneNumber = phone, metadata = new { } }, key: "once");
        var begun = await answer.DataAsync();
        var id = begun.GetProperty("transactionId").GetGuid();
        var early = await (await system.SendAsync(customerId, $"wallet/transactions/{id}")).DataAsync();
        await system.CamPay.DecideAsync(phone);
        await system.UntilAskedAsync(begun.GetProperty("reference").GetGuid(), PaymentStatus.Completed);
        var wallet = await (await system.SendAsync(customerId, "wallet")).DataAsync();

        Assert.Equal((202, id), ((int)answer.StatusCode, (await again.DataAsync()).GetProperty("transactionId").GetGuid()));
        Assert.Equal(("topup", "pending"), (early.GetProperty("type").GetString(), early.GetProperty("status").GetString()));
        Assert.Equal(2_500, wallet.GetProperty("balance").GetInt64());
        Assert.Equal("completed", Assert.Single(wallet.GetProperty("recentTransactions").EnumerateArray()).GetProperty("status").GetString());
        Assert.Single(await system.CamPay.StatementAsync(phone, "collect"));
        Assert.Empty(await system.EventsAsync<PaymentSucceeded>(paid => paid.PaymentId == id));
    }

    [Theory]
    [InlineData(499, "campay", 422)]
    [InlineData(100_001, "campay", 422)]
    [InlineData(1_000.5, "campay", 400)]
    [InlineData(-5, "campay", 400)]
    [InlineData(1_000, "cash", 400)]
    [InlineData(1_000, "wallet", 400)]
    [InlineData(1_000, "gold", 400)]
    public async Task Free_or_strange_money_is_refused(decimal amount, string paymentMethod, int status)
    {
        var answer = await system.SendAsync(
            Guid.NewGuid(), "wallet/topup", new { amount, paymentMethod, phoneNumber = SimulatedCamPay.GoodMtn });

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_hundred_debits_at_once_never_overdraw()
    {
        var customerId = await system.ACustomerWithAsync(10_000);
        var orders = new List<OrderPlaced>();
        for (var number = 0; number < 100; number++)
            orders.Add(system.AnOrder(PaymentMethods.Wallet, 500, customerId));

        var answers = await Task.WhenAll(orders.Select(order => system.SendAsync(customerId, "wallet/pay", new { orderId = order.OrderId })));
        var refused = answers.Where(answer => (int)answer.StatusCode == 422).ToList();

        Assert.Equal((20, 80), (answers.Count(answer => (int)answer.StatusCode == 200), refused.Count));
        Assert.Equal("INSUFFICIENT_BALANCE", await refused[0].CodeAsync());
        Assert.Equal(0, await system.WalletAsync(customerId));
        var ids = orders.ConvertAll(order => order.OrderId);
        Assert.Equal(20, (await system.EventsAsync<PaymentSucceeded>(paid => ids.Contains(paid.OrderId))).Count);
    }

    [Fact]
    public async Task A_wallet_pays_an_order_once_and_gets_it_back_when_the_order_stops()
    {
        var customerId = await system.ACustomerWithAsync(8_000);
        var order = await system.APlacedOrderAsync(PaymentMethods.Wallet, customerId: customerId);

        var paid = await system.PostAsync(customerId, "process", new { orderId = order.OrderId, method = "wallet" });
        var again = await system.SendAsync(customerId, "wallet/pay", new { orderId = order.OrderId });
        Assert.Equal(2_500, await system.WalletAsync(customerId));
        var cancelled = new OrderCancelled(
            order.OrderId, order.OrderNumber, customerId, order.RestaurantId, order.RestaurantOwnerId, "late", 2, order.PlacedAt);
        await system.Payments.DeliverAsync(cancelled, times: 2);
        await system.Payments.DeliverAsync(cancelled);

        Assert.Equal("completed", (await paid.DataAsync()).GetProperty("status").GetString());
        Assert.Equal("ORDER_ALREADY_PAID", await again.CodeAsync());
        Assert.Equal(8_000, await system.WalletAsync(customerId));
        Assert.Single(await system.EventsAsync<RefundIssued>(back => back.OrderId == order.OrderId && back.IsFull));
        Assert.Equal(PaymentStatus.Refunded, (await system.PaymentOfAsync(order.OrderId)).Status);
        var listed = await (await system.SendAsync(customerId, "wallet/transactions?type=refund&status=completed")).DataAsync();
        Assert.Equal(1, listed.GetProperty("pagination").GetProperty("total").GetInt64());
    }

    [Fact]
    public async Task Nobody_pays_anothers_order_or_sees_anothers_transactions()
    {
        var (customerId, strangerId) = (await system.ACustomerWithAsync(6_000), await system.ACustomerWithAsync(6_000));
        var order = await system.APlacedOrderAsync(PaymentMethods.Wallet, customerId: customerId);
        var mine = (await (await system.SendAsync(customerId, "wallet/transactions")).DataAsync()).GetProperty("transactions")[0];

        var pay = await system.SendAsync(strangerId, "wallet/pay", new { orderId = order.OrderId });
        var look = await system.SendAsync(strangerId, $"wallet/transactions/{mine.GetProperty("id").GetGuid()}");
        var odd = await system.SendAsync(strangerId, "wallet/transactions?type=gold");

        Assert.Equal((404, 404, 400), ((int)pay.StatusCode, (int)look.StatusCode, (int)odd.StatusCode));
        Assert.Equal(6_000, await system.WalletAsync(strangerId));
    }

    [Theory]
    [InlineData("UPDATE payments.wallets SET balance_xaf = 1000000")]
    [InlineData("INSERT INTO payments.wallets VALUES ('wallet', gen_random_uuid(), 5, now())")]
    [InlineData("DELETE FROM payments.wallets")]
    public async Task Only_the_ledger_changes_a_wallet(string change)
    {
        await system.ACustomerWithAsync(600);
        foreach (var connection in new[] { await system.Payments.OpenOwnConnectionAsync(), new NpgsqlConnection(system.OwnerConnection) })
        {
            await using var open = connection;
            if (open.State == System.Data.ConnectionState.Closed)
                await open.OpenAsync();
            await using var command = new NpgsqlCommand(change, open);
            Assert.Equal("23001", (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
        }
    }

    [Fact]
    public async Task Neighbours_ask_for_a_balance()
    {
        var customerId = await system.ACustomerWithAsync(700);
        using var channel = GrpcChannel.ForAddress(
            "http://payments", new GrpcChannelOptions { HttpHandler = system.Payments.Server.CreateHandler() });
        var payments = new Contracts.V1.Payments.PaymentsClient(channel);

        Assert.Equal(700, (await payments.GetBalanceAsync(new GetBalanceRequest { OwnerId = $"{customerId}" })).BalanceXaf);
        Assert.Equal(0, (await payments.GetBalanceAsync(new GetBalanceRequest { OwnerId = "x" })).BalanceXaf);
    }
}
