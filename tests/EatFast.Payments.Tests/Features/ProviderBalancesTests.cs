using System.Text.Json;
using EatFast.Payments.Clients;
using EatFast.Payments.Domain;
using EatFast.Payments.Features;
using EatFast.Security;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Payments.Tests.Features;

/// <summary>What providers hold is asked for and shown; and all replicas together ask no more often than a provider allows.</summary>
public sealed class ProviderBalancesTests(PaymentsSystem system)
{
    [Fact]
    public async Task A_charge_raises_the_balance_there_and_in_the_ledger_alike()
    {
        var before = await CamPayAsync();
        await system.APaidOrderAsync(totalXaf: 4_200);
        var after = await CamPayAsync();

        // The provider keeps its fee.
        Assert.InRange(after.Balance - before.Balance, 4_000, 4_200);
        Assert.Equal(4_200, after.Ledger - before.Ledger);
    }

    [Fact]
    public async Task A_provider_out_of_reach_tells_nothing_and_customers_may_not_ask()
    {
        system.CutCamPay();
        try
        {
            var answer = await (await system.SendAsync(Guid.NewGuid(), "admin/payments/balances", role: Roles.Admin)).DataAsync();
            var customer = await system.SendAsync(Guid.NewGuid(), "admin/payments/balances");

            Assert.All(answer.GetProperty("balances").EnumerateArray(), row => Assert.Equal(JsonValueKind.Null, row.GetProperty("balance").ValueKind));
            Assert.Equal(403, (int)customer.StatusCode);
        }
        finally
        {
            system.RestoreCamPay();
        }
    }

    [Fact]
    public async Task Of_twenty_replicas_one_asks_in_a_turn()
    {
        var then = system.Clock.GetUtcNow().AddYears(1);

        Assert.Single(await TakeAsync(then), isMine => isMine);
        Assert.Single(await TakeAsync(then.AddMilliseconds(200)), isMine => isMine);
    }

    private Task<bool[]> TakeAsync(DateTimeOffset now) => Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
    {
        await using var replica = system.Payments.Services.CreateAsyncScope();
        return await replica.ServiceProvider.GetRequiredService<PollAttempts<StripeCards>>().TakeTurnAsync(now, CancellationToken.None);
    }));

    private async Task<(long Balance, long Ledger)> CamPayAsync()
    {
        var answer = await (await system.SendAsync(Guid.NewGuid(), "admin/payments/balances", role: Roles.Admin)).DataAsync();
        var row = answer.GetProperty("balances").EnumerateArray().Single(known => known.GetProperty("provider").GetString() == PaymentMethods.CamPay);
        return (row.GetProperty("balance").GetInt64(), row.GetProperty("ledgerMoved").GetInt64());
    }
}
