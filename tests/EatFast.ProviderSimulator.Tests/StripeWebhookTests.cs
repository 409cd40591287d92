using System.Text.Json;
using EatFast.ProviderSimulator.Providers.Stripe;

namespace EatFast.ProviderSimulator.Tests;

/// <summary>Stripe's events, signed over their bytes, and all that can go wrong with them.</summary>
public sealed class StripeWebhookTests
{
    [Fact]
    public void The_signature_is_the_one_Stripe_makes() => Assert.Equal(
        "t=1700000000,v1=29ab30b7065c11b28e53ac114fac5d6c492ed811a12d11ed2c2aad5bb4cf9809",
        StripeWebhooks.Sign("whsec_test_secret", 1_700_000_000, """{"id":"evt_test_1","object":"event"}"""));

    [Theory]
    [InlineData("pm_card_visa", "payment_intent.succeeded")]
    [InlineData("pm_card_visa_chargeDeclined", "payment_intent.payment_failed")]
    [InlineData("pm_card_authenticationRequired", "payment_intent.requires_action")]
    public async Task An_event_tells_of_an_intent_with_a_true_signature(string card, string type)
    {
        await using var product = await WebhookListener.StartAsync();
        await using var simulator = Connected(product);

        var id = await PayAsync(simulator, card);

        var webhook = Assert.Single(await product.WaitForAsync(1));
        Assert.Equal(("/api/v1/webhooks/stripe", type, id), (webhook.Path, webhook["type"], SubjectOf(webhook).Text("id")));
        Assert.True(IsSigned(webhook));
    }

    [Theory]
    [InlineData("webhook_twice", 2)]
    [InlineData("webhook_five_times", 5)]
    [InlineData("webhook_late", 1)]
    public async Task An_event_can_come_again_and_again_under_one_id_or_late(string kind, int count)
    {
        await using var product = await WebhookListener.StartAsync();
        await using var simulator = Connected(product);
        await simulator.OrderStripeFaultAsync(new { order = "EF-7", kind });

        await PayAsync(simulator);

        var webhooks = await product.WaitForAsync(count);
        Assert.Equal(count, webhooks.Count);
        Assert.Single(webhooks.Select(webhook => webhook["id"]).Distinct());
    }

    [Fact]
    public async Task An_older_event_can_follow_the_last_one()
    {
        await using var product = await WebhookListener.StartAsync();
        await using var simulator = Connected(product);
        await simulator.OrderStripeFaultAsync(new { kind = "webhook_out_of_order" });

        await PayAsync(simulator);

        var webhooks = await product.WaitForAsync(2);
        Assert.Equal(["payment_intent.succeeded", "payment_intent.created"], webhooks.Select(webhook => webhook["type"]));
        Assert.Equal("requires_payment_method", SubjectOf(webhooks[1]).Text("status"));
    }

    [Fact]
    public async Task An_event_can_be_lost()
    {
        await using var product = await WebhookListener.StartAsync();
        await using var simulator = Connected(product);
        await simulator.OrderStripeFaultAsync(new { order = "EF-7", kind = "webhook_never" });

        await PayAsync(simulator);
        var told = await PayAsync(simulator, order: "EF-8");

        Assert.Equal(told, SubjectOf(Assert.Single(await product.WaitForAsync(1))).Text("id"));
        var lost = (await simulator.ControlAsync("stripe/statement")).GetProperty("intents").EnumerateArray()
            .Single(row => row.Text("order") == "EF-7");
        Assert.Equal("not sent", Assert.Single(lost.GetProperty("webhooks").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task An_event_can_bear_a_forged_signature_and_another_amount()
    {
        await using var product = await WebhookListener.StartAsync();
        await using var simulator = Connected(product);
        await simulator.OrderStripeFaultAsync(new { kind = "bad_signature" });
        await simulator.OrderStripeFaultAsync(new { kind = "other_amount" });

        await PayAsync(simulator);

        var webhook = Assert.Single(await product.WaitForAsync(1));
        Assert.False(IsSigned(webhook));
        Assert.Equal(500, SubjectOf(webhook).GetProperty("amount_received").GetInt64());
    }

    [Fact]
    public async Task An_event_can_come_before_the_answer_to_the_charge_and_to_the_refund()
    {
        await using var product = await WebhookListener.StartAsync();
        await using var simulator = Connected(product);
        await simulator.OrderStripeFaultAsync(new { kind = "webhook_before_answer", endpoint = "intent" });
        await simulator.OrderStripeFaultAsync(new { kind = "webhook_before_answer", endpoint = "refund" });

        var id = await ChargeAsync(simulator);
        var paid = product.Received;
        await simulator.Stripe().SendFormAsync("refunds", null, ("payment_intent", id));
        var all = product.Received;

        Assert.Equal("payment_intent.succeeded", Assert.Single(paid)["type"]);
        Assert.Equal(["payment_intent.succeeded", "refund.created"], all.Select(webhook => webhook["type"]));
    }

    [Fact]
    public async Task A_bank_takes_a_charge_back_and_decides_once()
    {
        await using var product = await WebhookListener.StartAsync();
        await using var simulator = Connected(product);
        var intent = await PayAsync(simulator);
        await product.WaitForAsync(1);

        var opened = await simulator.Open().PostAsync($"/control/stripe/intents/{intent}/dispute", null, Simulator.Ct);
        var id = (await opened.JsonAsync()).Text("id");
        await product.WaitForAsync(2);
        await simulator.Open().PostAsync($"/control/stripe/disputes/{id}/won", null, Simulator.Ct);
        var twice = await simulator.Open().PostAsync($"/control/stripe/disputes/{id}/lost", null, Simulator.Ct);
        var webhooks = await product.WaitForAsync(3);
        var read = await (await simulator.Stripe().GetAsync($"/v1/disputes/{id}", Simulator.Ct)).JsonAsync();

        Assert.Equal(["charge.dispute.created", "charge.dispute.closed"], webhooks.Skip(1).Select(webhook => webhook["type"]));
        Assert.Equal((404, "won", intent), ((int)twice.StatusCode, read.Text("status"), read.Text("payment_intent")));
    }

    private static Simulator Connected(WebhookListener product) =>
        new(("PublicBaseUrl", product.Url), ("Simulator:CamPay:LateWebhookMs", "300"));

    private static async Task<string> PayAsync(Simulator simulator, string card = "pm_card_visa", string order = "EF-7")
    {
        var id = await ChargeAsync(simulator, order);
        await simulator.Open().PostAsync($"/control/stripe/intents/{id}/pay/{card}", null, Simulator.Ct);
        return id;
    }

    private static async Task<string> ChargeAsync(Simulator simulator, string order = "EF-7") => (await (await simulator.Stripe().SendFormAsync(
        "payment_intents", null, ("amount", "1000"), ("currency", "xaf"), ("description", $"EatFast {order}"))).JsonAsync()).Text("id")!;

    private static JsonElement SubjectOf(ReceivedWebhook webhook) => webhook.Json.GetProperty("data").GetProperty("object");

    private static bool IsSigned(ReceivedWebhook webhook)
    {
        var time = long.Parse(webhook.Signature.Split(',')[0][2..], null);
        return webhook.Signature == StripeWebhooks.Sign("whsec_test_secret", time, webhook.Json.GetRawText());
    }
}
