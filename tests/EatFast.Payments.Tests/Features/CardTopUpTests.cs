using EatFast.Payments.Domain;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Tests.Features;

/// <summary>A wallet is filled by card as an order is paid by one: with a secret for the payer's device, and once.</summary>
public sealed class CardTopUpTests(PaymentsSystem system)
{
    [Fact]
    public async Task A_card_fills_the_wallet_once()
    {
        var (customerId, body) = (Guid.NewGuid(), new { amount = 2_500, paymentMethod = "card" });

        var answer = await system.SendAsync(customerId, "wallet/topup", body, key: "card");
        var again = await system.SendAsync(customerId, "wallet/topup", body, key: "card");
        var data = await answer.DataAsync();
        var charge = await ChargeAsync(data.GetProperty("transactionId").GetGuid());
        await system.CamPay.PayByCardAsync(charge.ProviderReference!);
        await Eventually.AsTrue(async () => await system.WalletAsync(customerId) == 2_500, "the wallet was filled");

        Assert.Equal((202, await answer.Content.ReadAsStringAsync()), ((int)answer.StatusCode, await again.Content.ReadAsStringAsync()));
        Assert.StartsWith(
            $"{charge.ProviderReference}_secret_", data.GetProperty("payment").GetProperty("clientSecret").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, await system.Payments.WithDbAsync(db => db.Payments.CountAsync(payment => payment.CustomerId == customerId)));
    }

    [Fact]
    public async Task An_answer_that_came_without_its_secret_is_not_the_answer_for_ever()
    {
        var order = await system.APlacedOrderAsync();
        await system.CamPay.OrderStripeFaultAsync(order.OrderNumber, "lost_answer", "intent");

        var lost = await (await system.PostAsync(order.CustomerId, "stripe", new { orderId = order.OrderId }, key: "same")).DataAsync();
        var again = await (await system.PostAsync(order.CustomerId, "stripe", new { orderId = order.OrderId }, key: "same")).DataAsync();
        var third = await system.PostAsync(order.CustomerId, "stripe", new { orderId = order.OrderId }, key: "same");

        Assert.False(lost.TryGetProperty("clientSecret", out _));
        Assert.Equal(again.GetProperty("clientSecret").GetString(), (await third.DataAsync()).GetProperty("clientSecret").GetString());
        Assert.True(third.Headers.Contains("Idempotent-Replayed"));
        Assert.Single((await system.PaymentOfAsync(order.OrderId)).Attempts);
    }

    [Fact]
    public async Task A_customer_who_tries_number_after_number_has_to_prove_one_for_a_top_up_too()
    {
        var customerId = Guid.NewGuid();
        for (var number = 0; number < 4; number++)
            await TopUpAsync(customerId, system.APhone());
        var own = system.APhone();

        var refused = await TopUpAsync(customerId, own);
        system.Identities.Prove(customerId, own);
        system.Clock.Advance(TimeSpan.FromSeconds(31));
        var allowed = await TopUpAsync(customerId, own);

        Assert.Equal(("PHONE_PROOF_REQUIRED", 202), (await refused.CodeAsync(), (int)allowed.StatusCode));
        Assert.Contains(
            await system.Payments.WithDbAsync(db => db.FraudAlerts.Where(alert => alert.CustomerId == customerId).ToListAsync()),
            alert => alert.Type == "velocity");
    }

    private Task<HttpResponseMessage> TopUpAsync(Guid customerId, string phone) =>
        system.SendAsync(customerId, "wallet/topup", new { amount = 1_000, phoneNumber = phone });

    private Task<Attempt> ChargeAsync(Guid paymentId) =>
        system.Payments.WithDbAsync(db => db.Attempts.AsNoTracking().SingleAsync(attempt => attempt.PaymentId == paymentId));
}
