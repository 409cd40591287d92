using System.Text;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Clients;
using EatFast.Payments.Contracts;
using EatFast.Payments.Domain;
using EatFast.Testing;

namespace EatFast.Payments.Tests.Features;

/// <summary>Cards: the secret goes to the payer's device, the outcome comes from Stripe, and a lost answer makes no second intent.</summary>
public sealed class StripeTests(PaymentsSystem system)
{
    [Theory]
    [InlineData(null)]
    [InlineData("webhook_never")]
    [InlineData("webhook_late")]
    [InlineData("webhook_twice")]
    [InlineData("webhook_five_times")]
    [InlineData("webhook_out_of_order")]
    [InlineData("bad_signature")]
    public async Task A_card_pays_an_order_and_gets_it_back_when_the_order_stops(string? trouble)
    {
        var order = await system.APlacedOrderAsync();
        var answer = await system.PostAsync(order.CustomerId, "create-intent", new { orderId = order.OrderId, amount = 550_000, currency = "xaf" });
        var data = await answer.DataAsync();
        var charge = Assert.Single((await system.UntilAsync(order.OrderId, PaymentStatus.Processing)).Attempts);
        if (trouble is not null)
            await system.CamPay.OrderStripeFaultAsync(order.OrderNumber, trouble, "intent");

        await system.CamPay.PayByCardAsync(charge.ProviderReference!);
        var payment = await system.UntilAskedAsync(order.OrderId, PaymentStatus.Completed);
        await system.Payments.DeliverAsync(new OrderCancelled(
            order.OrderId, order.OrderNumber, order.CustomerId, order.RestaurantId, order.RestaurantOwnerId, "late", 2, order.PlacedAt));
        await system.UntilAsync(order.OrderId, PaymentStatus.Refunded);

        Assert.Equal((202, 5_500), ((int)answer.StatusCode, data.GetProperty("amount").GetInt64()));
        Assert.StartsWith($"{charge.ProviderReference}_secret_", data.GetProperty("clientSecret").GetString(), StringComparison.Ordinal);
        Assert.Single(await system.EventsAsync<PaymentSucceeded>(paid => paid.OrderId == order.OrderId && paid.Method == "stripe"));
        Assert.Equal(0, await system.BalanceAsync(Accounts.StripeClearing, null, payment.Id));
    }

    [Fact]
    public async Task A_declined_card_may_be_followed_by_a_better_one()
    {
        var order = await system.APlacedOrderAsync();
        await system.PostAsync(order.CustomerId, "stripe", new { orderId = order.OrderId });
        var intent = Assert.Single((await system.UntilAsync(order.OrderId, PaymentStatus.Processing)).Attempts).ProviderReference!;

        await system.CamPay.PayByCardAsync(intent, "pm_card_visa_chargeDeclined");
        await system.CamPay.PayByCardAsync(intent, "pm_card_authenticationRequired");
        await system.CamPay.PayByCardAsync(intent, "pm_card_authenticationRequired");

        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);
        Assert.Empty(await system.EventsAsync<PaymentFailed>(failed => failed.OrderId == order.OrderId));
    }

    [Fact]
    public async Task A_lost_answer_makes_no_second_intent_and_asking_again_brings_its_secret()
    {
        var order = await system.APlacedOrderAsync();
        await system.CamPay.OrderStripeFaultAsync(order.OrderNumber, "lost_answer", "intent");

        var lost = await (await system.PostAsync(order.CustomerId, "stripe", new { orderId = order.OrderId }, key: "one")).DataAsync();
        var again = await (await system.PostAsync(order.CustomerId, "stripe", new { orderId = order.OrderId }, key: "two")).DataAsync();
        var charge = Assert.Single((await system.PaymentOfAsync(order.OrderId)).Attempts);
        var intent = Assert.Single(await system.CamPay.IntentsAsync(charge.ExternalReference)).GetProperty("id").GetString()!;
        await system.CamPay.PayByCardAsync(intent);
        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);

        Assert.False(lost.TryGetProperty("clientSecret", out _));
        Assert.StartsWith(intent, again.GetProperty("clientSecret").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_intent_nobody_paid_in_time_is_cancelled_there_too()
    {
        var order = await system.APlacedOrderAsync();
        await system.PostAsync(order.CustomerId, "stripe", new { orderId = order.OrderId });
        var charge = Assert.Single((await system.UntilAsync(order.OrderId, PaymentStatus.Processing)).Attempts);

        system.Clock.Advance(TimeSpan.FromMinutes(16));
        await system.UntilAsync(order.OrderId, PaymentStatus.Failed);

        var intent = Assert.Single(await system.CamPay.IntentsAsync(charge.ExternalReference));
        Assert.Equal("canceled", intent.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(499)]
    [InlineData(2_500_000)]
    public async Task What_a_card_cannot_pay_is_refused(long totalXaf)
    {
        var order = await system.APlacedOrderAsync(totalXaf: totalXaf);

        var answer = await system.PostAsync(order.CustomerId, "stripe", new { orderId = order.OrderId });

        Assert.Equal((422, "AMOUNT_OUT_OF_RANGE"), ((int)answer.StatusCode, await answer.CodeAsync()));
    }

    [Theory]
    [InlineData("{}", "t=1,v1=00")]
    [InlineData("{}", null)]
    [InlineData("not json", "t=x")]
    public async Task A_webhook_without_the_signature_is_refused(string body, string? header)
    {
        using var client = system.ClientOf("payments");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/webhooks/stripe") { Content = new StringContent(body) };
        if (header is not null)
            request.Headers.Add("Stripe-Signature", header);

        Assert.Equal(401, (int)(await client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public void The_signature_covers_the_bytes_and_counts_for_five_minutes()
    {
        var clock = new AdjustableClock();
        clock.Advance(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000) - clock.GetUtcNow());
        var signature = new StripeSignature(new StripeOptions("http://stripe", "sk", "whsec_test_secret"), clock);
        var body = Encoding.UTF8.GetBytes("""{"id":"evt_test_1","object":"event"}""");
        const string Header = "t=1700000000,v1=29ab30b7065c11b28e53ac114fac5d6c492ed811a12d11ed2c2aad5bb4cf9809,v0=00";

        Assert.True(signature.IsGenuine(Header, body));
        Assert.False(signature.IsGenuine(Header, [.. body, (byte)' ']));
        Assert.False(signature.IsGenuine(Header.Replace("v1=2", "v1=3", StringComparison.Ordinal), body));
        clock.Advance(TimeSpan.FromSeconds(310));
        Assert.False(signature.IsGenuine(Header, body));
    }
}
