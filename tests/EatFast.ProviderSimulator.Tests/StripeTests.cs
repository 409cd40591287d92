using System.Net;

namespace EatFast.ProviderSimulator.Tests;

public sealed class StripeTests : IAsyncDisposable
{
    private readonly Simulator simulator = new();

    public ValueTask DisposeAsync() => simulator.DisposeAsync();

    [Fact]
    public async Task An_intent_is_made_once_per_key_paid_and_given_back_in_parts()
    {
        (string, string)[] wanted = [("amount", "1000"), ("currency", "xaf"), ("metadata[order]", "7")];
        var first = await (await PostAsync("payment_intents", "k1", wanted)).JsonAsync();
        var replay = await PostAsync("payment_intents", "k1", wanted);
        var other = await PostAsync("payment_intents", "k1", ("amount", "2000"), ("currency", "xaf"));
        var id = first.Text("id")!;
        var paid = await (await PostAsync($"payment_intents/{id}/confirm", null, ("payment_method", "pm_card_visa"))).JsonAsync();
        var half = await PostAsync("refunds", "r1", ("payment_intent", id), ("amount", "600"));
        var tooMuch = await PostAsync("refunds", "r2", ("payment_intent", id), ("amount", "401"));

        Assert.Equal(("requires_payment_method", "7"), (first.Text("status"), first.GetProperty("metadata").Text("order")));
        Assert.Equal(("true", id), (replay.Headers.GetValues("Idempotent-Replayed").Single(), (await replay.JsonAsync()).Text("id")));
        Assert.Equal(("succeeded", 1000), (paid.Text("status"), paid.GetProperty("amount_received").GetInt64()));
        Assert.Equal((400, 200, 400), ((int)other.StatusCode, (int)half.StatusCode, (int)tooMuch.StatusCode));
        Assert.Equal(600, (await simulator.ControlAsync("stripe/statement")).GetProperty("refundedXaf").GetInt64());
    }

    [Theory]
    [InlineData("pm_card_visa_chargeDeclined", "card_declined")]
    [InlineData("pm_card_chargeDeclinedExpiredCard", "expired_card")]
    public async Task A_declined_card_leaves_the_intent_open(string card, string code)
    {
        var intent = await (await PostAsync("payment_intents", null, ("amount", "1000"), ("currency", "xaf"))).JsonAsync();

        var declined = await PostAsync($"payment_intents/{intent.Text("id")}/confirm", null, ("payment_method", card));
        var cancelled = await (await PostAsync($"payment_intents/{intent.Text("id")}/cancel", null)).JsonAsync();

        Assert.Equal(HttpStatusCode.PaymentRequired, declined.StatusCode);
        Assert.Equal((code, "canceled"), ((await declined.JsonAsync()).GetProperty("error").Text("code"), cancelled.Text("status")));
    }

    [Theory]
    [InlineData("10", "xaf", "amount_too_small")]
    [InlineData("1000", "eur", "parameter_invalid_empty")]
    public async Task What_this_account_does_not_charge_is_refused(string amount, string currency, string code)
    {
        var refused = await PostAsync("payment_intents", null, ("amount", amount), ("currency", currency));

        Assert.Equal(code, (await refused.JsonAsync()).GetProperty("error").Text("code"));
    }

    private Task<HttpResponseMessage> PostAsync(string path, string? key, params (string Name, string Value)[] fields) =>
        simulator.Stripe().SendFormAsync(path, key, fields);
}
