using System.Net.Http.Json;
using System.Text.Json;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Tests.Features;

/// <summary>Routes that older clients and the unified table name, and what lists can be asked for.</summary>
public sealed class OlderNamesTests(PaymentsSystem system)
{
    [Theory]
    [InlineData("payments/history", "payments")]
    [InlineData("client/wallet", "wallet")]
    [InlineData("client/wallet/transactions?limit=5", "wallet/transactions?limit=5")]
    [InlineData("client/loyalty/rewards", "loyalty/rewards")]
    [InlineData("client/loyalty/tiers", "loyalty/tiers")]
    [InlineData("loyalty/history", "loyalty/transactions")]
    public async Task The_older_name_answers_the_same(string older, string name)
    {
        var customerId = await system.ACustomerWithAsync(700);

        var one = await system.SendAsync(customerId, older);
        var other = await system.SendAsync(customerId, name);

        Assert.Equal(200, (int)one.StatusCode);
        Assert.Equal(await other.Content.ReadAsStringAsync(), await one.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Money_moves_under_the_older_names_too_and_is_never_free()
    {
        var (customerId, phone) = (await system.ACustomerWithAsync(5_000), system.APhone());
        system.Identities.Prove(customerId, phone);

        var free = await system.SendAsync(customerId, "client/wallet/topup", new { amount = 5_000, description = "please" });
        var paid = await system.SendAsync(customerId, "client/wallet/topup", new { amount = 500, phoneNumber = system.APhone() });
        var taken = await system.SendAsync(customerId, "client/wallet/withdraw", new { amount = 1_000, description = "rent", reference = "r1" });

        Assert.Equal((400, 202, 202), ((int)free.StatusCode, (int)paid.StatusCode, (int)taken.StatusCode));
        Assert.Equal(4_000, await system.WalletAsync(customerId));
    }

    [Fact]
    public async Task NouPays_webhook_makes_us_ask_and_moves_nothing_by_itself()
    {
        var (order, phone) = (await system.APlacedOrderAsync(), system.APhone());
        await system.PayAsync(order, phone, path: "noupay");
        var charge = Assert.Single((await system.UntilAsync(order.OrderId, PaymentStatus.Processing)).Attempts);
        var later = system.Clock.GetUtcNow().AddHours(1);
        await system.Payments.WithDbAsync(db => db.Attempts.Where(attempt => attempt.Id == charge.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(attempt => attempt.DueAt, later)));

        var early = await CallAsync(new { transaction = charge.ProviderReference, status = "successful" });
        await system.UntilAsync(order.OrderId, payment => payment.Attempts[0].DueAt < later, "it is asked about");
        var stillOpen = (await system.PaymentOfAsync(order.OrderId)).Status;
        await system.CamPay.DecideNouPayAsync(phone);
        await CallAsync(new { data = new { transaction = charge.ProviderReference } });
        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);
        var strange = await CallAsync(new { transaction = "nobody's" });

        Assert.Equal((true, PaymentStatus.Processing, false), (early, stillOpen, strange));
    }

    [Fact]
    public async Task Rewards_are_chosen_by_type_and_price_and_history_by_offset()
    {
        var customerId = Guid.NewGuid();

        var cheap = await RewardsAsync(customerId, "type=cashback&maxPointsCost=280");
        var none = await RewardsAsync(customerId, "type=upgrade");
        var odd = await system.SendAsync(customerId, "loyalty/rewards?type=gold");
        var beyond = await system.SendAsync(customerId, "loyalty/transactions?offset=5");
        var wrong = await system.SendAsync(customerId, "loyalty/transactions?offset=-1");

        Assert.Equal(["cashback-500", "cashback-1500"], cheap.Select(reward => reward.GetProperty("id").GetString()));
        Assert.Equal(500, cheap[0].GetProperty("rewardData").GetProperty("valueXaf").GetInt64());
        Assert.All(["imageUrl", "expiresAt", "maxRedemptions", "currentRedemptions"], name => Assert.True(cheap[0].TryGetProperty(name, out _), name));
        Assert.Empty(none);
        Assert.Equal((400, 200, 400), ((int)odd.StatusCode, (int)beyond.StatusCode, (int)wrong.StatusCode));
    }

    private async Task<List<JsonElement>> RewardsAsync(Guid customerId, string query) =>
        [.. (await (await system.SendAsync(customerId, $"loyalty/rewards?{query}")).DataAsync()).GetProperty("rewards").EnumerateArray()];

    private async Task<bool> CallAsync(object body)
    {
        using var client = system.ClientOf("payments");
        return (await (await client.PostAsJsonAsync("/api/v1/webhooks/noupay", body)).DataAsync()).GetProperty("received").GetBoolean();
    }
}
