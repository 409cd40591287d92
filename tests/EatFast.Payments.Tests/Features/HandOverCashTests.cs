using EatFast.Delivery.Contracts;
using EatFast.Payments.Contracts;
using EatFast.Payments.Domain;
using EatFast.Security;

namespace EatFast.Payments.Tests.Features;

/// <summary>Cash in a driver's hands: what is held, what was handed over, and what was short.</summary>
public sealed class HandOverCashTests(PaymentsSystem system)
{
    private readonly Guid _driver = Guid.NewGuid();
    private readonly Guid _admin = Guid.NewGuid();

    [Fact]
    public async Task What_the_driver_declares_and_the_counter_finds_ends_on_the_ledger_with_its_shortage()
    {
        await CollectAsync(30_000);
        await CollectAsync(25_000);
        var before = await MineAsync();

        var declared = await DeclareAsync(50_000, key: "evening");
        var again = await DeclareAsync(50_000, key: "evening");
        var id = (await declared.DataAsync()).GetProperty("handOverId").GetGuid();
        var counted = await CountAsync(id, new { counted = 49_000, note = "a note is missing" });
        var twice = await CountAsync(id, new { counted = 49_000 });
        var after = await MineAsync();

        Assert.Equal((55_000, false), before);
        Assert.Equal((200, 200, 200, "HANDOVER_COUNTED"),
            ((int)declared.StatusCode, (int)again.StatusCode, (int)counted.StatusCode, await twice.CodeAsync()));
        Assert.Equal((5_000, true), after);
        Assert.Equal(3, (await system.EventsAsync<DriverCashMoved>(moved => moved.DriverId == _driver)).Count);
        Assert.Equal(-1_000, await system.WalletAsync(_driver, Accounts.CashShortage));
        var trace = Assert.Single(await system.EventsAsync<ActionRecorded>(done => done.SubjectId == id));
        Assert.Equal(("cash.counted", "49000"), (trace.Action, trace.Details["countedXaf"]));
    }

    [Fact]
    public async Task Nobody_hands_over_what_he_does_not_hold_or_counts_more_than_was_declared()
    {
        await CollectAsync(10_000);
        var declared = await (await DeclareAsync(6_000)).DataAsync();

        var tooMuch = await DeclareAsync(4_001);
        var more = await CountAsync(declared.GetProperty("handOverId").GetGuid(), new { counted = 6_001 });
        var unknown = await CountAsync(Guid.NewGuid(), new { counted = 1 });
        var stranger = await system.SendAsync(_driver, $"admin/cash/handovers/{Guid.NewGuid()}/confirm", new { counted = 1 }, Roles.DeliveryAgent);

        Assert.Equal(("CASH_NOT_HELD", "CASH_COUNT_TOO_LARGE"), (await tooMuch.CodeAsync(), await more.CodeAsync()));
        Assert.Equal((404, 403), ((int)unknown.StatusCode, (int)stranger.StatusCode));
    }

    [Fact]
    public async Task Two_counts_at_once_are_one()
    {
        await CollectAsync(10_000);
        var id = (await (await DeclareAsync(10_000)).DataAsync()).GetProperty("handOverId").GetGuid();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => CountAsync(id, new { counted = 10_000 }, key: $"{number}")));
        var same = await CountAsync(id, new { counted = 10_000 }, key: $"{answers.ToList().FindIndex(answer => (int)answer.StatusCode == 200)}");

        Assert.Equal(1, answers.Count(answer => (int)answer.StatusCode == 200));
        Assert.Equal((200, true), ((int)same.StatusCode, same.Headers.Contains("Idempotent-Replayed")));
        Assert.Equal((0, true), await MineAsync());
    }

    [Fact]
    public async Task What_was_short_can_be_brought_later_and_no_more_than_that()
    {
        await CollectAsync(10_000);
        var first = (await (await DeclareAsync(10_000)).DataAsync()).GetProperty("handOverId").GetGuid();
        await CountAsync(first, new { counted = 7_000 });
        await CollectAsync(2_000);

        var tooMuch = await DeclareAsync(5_001);
        var rest = (await (await DeclareAsync(5_000)).DataAsync()).GetProperty("handOverId").GetGuid();
        var counted = await CountAsync(rest, new { counted = 4_000 });

        Assert.Equal(("CASH_NOT_HELD", 200), (await tooMuch.CodeAsync(), (int)counted.StatusCode));
        Assert.Equal((0, -1_000), (await system.WalletAsync(_driver, Accounts.CashFloat), await system.WalletAsync(_driver, Accounts.CashShortage)));
    }

    [Fact]
    public async Task Declarations_at_once_never_exceed_what_is_held()
    {
        await CollectAsync(10_000);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => DeclareAsync(4_000, key: $"{number}")));

        Assert.Equal(2, answers.Count(answer => (int)answer.StatusCode == 200));
    }

    [Fact]
    public async Task Held_cash_is_not_paid_out_on_top_and_administrators_see_who_holds_it()
    {
        await CollectAsync(60_000);

        var payout = await system.SendAsync(_driver, "drivers/me/wallet/withdraw", new { amount = 500, phone = SimulatedCamPay.GoodMtn }, Roles.DeliveryAgent);
        var wallet = await (await system.SendAsync(_driver, "drivers/me/wallet", role: Roles.DeliveryAgent)).DataAsync();
        var floats = (await (await system.SendAsync(_admin, "admin/cash?limit=100", role: Roles.Admin)).DataAsync()).GetProperty("floats");

        Assert.Equal("INSUFFICIENT_BALANCE", await payout.CodeAsync());
        Assert.Equal(60_000, wallet.GetProperty("cashHeld").GetInt64());
        Assert.Contains(floats.EnumerateArray(), row =>
            row.GetProperty("driverId").GetGuid() == _driver && row.GetProperty("isAboveCeiling").GetBoolean());
    }

    private async Task CollectAsync(long amountXaf)
    {
        var order = await system.APlacedOrderAsync(PaymentMethods.Cash, amountXaf);
        await system.Payments.DeliverAsync(new CashCollected(Guid.NewGuid(), order.OrderId, _driver, amountXaf, order.PlacedAt));
    }

    private async Task<(long Held, bool MayTakeCash)> MineAsync()
    {
        var data = await (await system.SendAsync(_driver, "drivers/me/cash", role: Roles.DeliveryAgent)).DataAsync();
        return (data.GetProperty("held").GetInt64(), data.GetProperty("mayTakeCash").GetBoolean());
    }

    private Task<HttpResponseMessage> DeclareAsync(long amount, string? key = null) =>
        system.SendAsync(_driver, "drivers/me/cash/handovers", new { amount }, Roles.DeliveryAgent, key);

    private Task<HttpResponseMessage> CountAsync(Guid id, object body, string? key = null) =>
        system.SendAsync(_admin, $"admin/cash/handovers/{id}/confirm", body, Roles.Admin, key);
}
