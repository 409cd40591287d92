using System.Text.Json;
using EatFast.Payments.Domain;
using EatFast.Security;
using Npgsql;

namespace EatFast.Payments.Tests.Features;

/// <summary>The whole window is compared each time, with a statement or without, and what nobody decided shows.</summary>
public sealed class ReconcileBooksTests(PaymentsSystem system)
{
    private readonly Guid _admin = Guid.NewGuid();

    [Fact]
    public async Task An_order_that_changes_after_it_agreed_is_found_although_its_payment_did_not_change()
    {
        var (order, _) = await system.APaidOrderAsync();
        await RunAsync();
        Assert.Null(await FindAsync("order_differs", $"{order.OrderId}"));

        system.Orders.Known[$"{order.OrderId}"].TotalXaf = 1;
        await RunAsync();

        var row = await FindAsync("order_differs", $"{order.OrderId}");
        Assert.Equal(1, row!.Value.GetProperty("actualXaf").GetInt64());
        system.Orders.Known[$"{order.OrderId}"].TotalXaf = order.TotalXaf;
        await RunAsync();
        Assert.Null(await FindAsync("order_differs", $"{order.OrderId}"));
    }

    [Fact]
    public async Task An_order_that_payments_never_heard_of_is_found_until_it_is_heard_of()
    {
        var order = system.AnOrder();
        system.Orders.Known[$"{order.OrderId}"].CreatedAt = $"{order.PlacedAt:O}";
        await RunAsync();
        var row = await FindAsync("order_without_payment", $"{order.OrderId}");

        await system.Payments.DeliverAsync(order);
        await RunAsync();

        Assert.Equal((5_500, "operations"), (row!.Value.GetProperty("actualXaf").GetInt64(), row.Value.GetProperty("owner").GetString()));
        Assert.Null(await FindAsync("order_without_payment", $"{order.OrderId}"));
    }

    [Fact]
    public async Task A_wallet_payment_without_its_booking_and_a_booking_without_its_payment_are_breaks()
    {
        var customerId = await system.ACustomerWithAsync(6_000);
        var paid = await system.APlacedOrderAsync(PaymentMethods.Wallet, customerId: customerId);
        await system.SendAsync(customerId, "wallet/pay", new { orderId = paid.OrderId });
        var unpaid = await system.APlacedOrderAsync();
        await RunAsync();
        var (right, wrong) = (await system.PaymentOfAsync(paid.OrderId), await system.PaymentOfAsync(unpaid.OrderId));
        Assert.Null(await FindAsync("ledger_differs", $"{right.Id}"));

        await ExecuteAsync($"UPDATE payments.payments SET status = 'completed', method = 'wallet', completed_at = '{system.Clock.GetUtcNow():O}' WHERE id = '{wrong.Id}'");
        await ExecuteAsync($"UPDATE payments.payments SET completed_at = NULL WHERE id = '{right.Id}'");
        await RunAsync();

        var missing = await FindAsync("ledger_differs", $"{wrong.Id}");
        Assert.Equal((PaymentMethods.Wallet, 5_500, 0), (missing!.Value.GetProperty("provider").GetString(),
            missing.Value.GetProperty("expectedXaf").GetInt64(), missing.Value.GetProperty("actualXaf").GetInt64()));
        Assert.Contains(await OpenAsync(), row => row.GetProperty("kind").GetString() == "unfounded_entry"
            && row.GetProperty("paymentId").ToString() == $"{right.Id}");
    }

    [Fact]
    public async Task NouPay_is_compared_with_the_ledger_though_it_tells_no_statement()
    {
        var (order, phone) = (await system.APlacedOrderAsync(), system.APhone());
        await system.PayAsync(order, phone, path: "noupay");
        await system.CamPay.DecideNouPayAsync(phone);
        var charge = Assert.Single((await system.UntilAsync(order.OrderId, PaymentStatus.Completed)).Attempts);
        await RunAsync();
        Assert.Null(await FindAsync("ledger_differs", $"{charge.Id}"));

        await ExecuteAsync($"UPDATE payments.payment_attempts SET amount_xaf = 5000 WHERE id = '{charge.Id}'");
        await RunAsync();

        Assert.Equal(5_500, (await FindAsync("ledger_differs", $"{charge.Id}"))!.Value.GetProperty("actualXaf").GetInt64());
    }

    [Fact]
    public async Task What_is_undecided_after_a_day_is_a_break_and_can_be_asked_about_again()
    {
        var (order, phone) = (await system.APlacedOrderAsync(), system.APhone());
        await system.CamPay.OrderFaultAsync(phone, "webhook_never", "collect");
        await system.StartAsync(order, phone);
        var charge = Assert.Single((await system.UntilAsync(order.OrderId, PaymentStatus.Processing)).Attempts);
        await ExecuteAsync($"UPDATE payments.payment_attempts SET created_at = created_at - interval '25 hours', due_at = NULL WHERE id = '{charge.Id}'");
        await RunAsync();
        var row = (await FindAsync("undecided_attempt", $"{charge.Id}"))!.Value;
        await system.CamPay.DecideAsync(phone);

        var path = $"admin/reconciliation/{row.GetProperty("id").GetGuid()}/recheck";
        var customer = await system.SendAsync(order.CustomerId, path, new { });
        var asked = await system.SendAsync(_admin, path, new { }, Roles.Admin);
        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);
        await RunAsync();
        var late = await system.SendAsync(_admin, path, new { }, Roles.Admin);

        Assert.Equal((403, 200, "BREAK_NOT_ASKABLE"), ((int)customer.StatusCode, (int)asked.StatusCode, await late.CodeAsync()));
        Assert.Null(await FindAsync("undecided_attempt", $"{charge.Id}"));
        Assert.Single(await system.EventsAsync<ActionRecorded>(done => done.Action == "reconciliation.rechecked" && done.ActorId == _admin));
    }

    private async Task RunAsync() => Assert.Equal(200, (int)(await system.SendAsync(
        _admin, "admin/reconciliation/run", role: Roles.Admin, method: HttpMethod.Post)).StatusCode);

    private async Task<JsonElement?> FindAsync(string kind, string subject) => (await OpenAsync()).Where(row =>
        row.GetProperty("kind").GetString() == kind && row.GetProperty("subject").GetString() == subject).Select(row => (JsonElement?)row).FirstOrDefault();

    private async Task<List<JsonElement>> OpenAsync()
    {
        var answer = await system.SendAsync(_admin, "admin/reconciliation?limit=100", role: Roles.Admin);
        return [.. (await answer.DataAsync()).GetProperty("breaks").EnumerateArray()];
    }

    private async Task ExecuteAsync(string change)
    {
        await using var own = await system.Payments.OpenOwnConnectionAsync();
        await using var command = new NpgsqlCommand(change, own);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
