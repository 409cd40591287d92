using System.Net;
using System.Text.Json;

namespace EatFast.ProviderSimulator.Tests;

/// <summary>What can go wrong with a call to Stripe, ordered by the control API, by a header, or by the amount.</summary>
public sealed class StripeFaultTests : IAsyncDisposable
{
    private readonly Simulator simulator = new(("Simulator:CamPay:SlowAnswerMs", "300"), ("Simulator:CamPay:HangMs", "60000"));

    public ValueTask DisposeAsync() => simulator.DisposeAsync();

    [Theory]
    [InlineData("EF-7", 500)]
    [InlineData("*", 500)]
    [InlineData("EF-8", 200)]
    public async Task An_error_500_strikes_its_order_once_and_stays_the_answer_to_its_key(string order, int status)
    {
        await simulator.OrderStripeFaultAsync(new { order, kind = "error500" });

        var first = await ChargeAsync("k1");
        var replay = await ChargeAsync("k1");
        var next = await ChargeAsync("k1-2");

        Assert.Equal((status, status, 200), ((int)first.StatusCode, (int)replay.StatusCode, (int)next.StatusCode));
        Assert.False(first.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal("true", replay.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal(await first.Content.ReadAsStringAsync(Simulator.Ct), await replay.Content.ReadAsStringAsync(Simulator.Ct));
        Assert.Equal(status == 500 ? 1 : 2, (await IntentsAsync()).Count);
    }

    [Fact]
    public async Task Behind_an_error_500_the_refund_may_stand_in_the_list_of_its_intent()
    {
        var (mine, other) = (await PaidAsync("k1"), await PaidAsync("k2"));
        await simulator.OrderStripeFaultAsync(new { order = "EF-7", kind = "done_with_error500", endpoint = "refund" });

        var failed = await simulator.Stripe().SendFormAsync("refunds", "r1", ("payment_intent", mine), ("metadata[reference]", "ours"));
        var replay = await simulator.Stripe().SendFormAsync("refunds", "r1", ("payment_intent", mine), ("metadata[reference]", "ours"));

        Assert.Equal((500, 500), ((int)failed.StatusCode, (int)replay.StatusCode));
        var refund = Assert.Single(await ListedAsync(mine));
        Assert.Equal(("ours", "succeeded"), (refund.GetProperty("metadata").Text("reference"), refund.Text("status")));
        Assert.Empty(await ListedAsync(other));
    }

    [Fact]
    public async Task A_timeout_makes_no_intent()
    {
        await simulator.OrderStripeFaultAsync(new { kind = "timeout", endpoint = "intent" });
        using var impatient = simulator.Stripe();
        impatient.Timeout = TimeSpan.FromMilliseconds(300);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ChargeAsync("k1", impatient));

        Assert.Empty(await IntentsAsync());
    }

    [Fact]
    public async Task A_lost_answer_made_the_intent_which_its_key_brings_back()
    {
        await simulator.OrderStripeFaultAsync(new { kind = "lost_answer" });

        await Assert.ThrowsAnyAsync<Exception>(() => ChargeAsync("k1"));
        var again = await (await ChargeAsync("k1")).JsonAsync();

        Assert.Equal(again.Text("id"), Assert.Single(await IntentsAsync()).Text("id"));
    }

    [Fact]
    public async Task A_slow_answer_comes_in_the_end()
    {
        await simulator.OrderStripeFaultAsync(new { kind = "slow" });
        var start = TimeProvider.System.GetTimestamp();

        var answer = await ChargeAsync("k1");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromMilliseconds(250));
    }

    [Theory]
    [InlineData("read")]
    [InlineData("change")]
    public async Task Reads_and_changes_fail_only_when_the_fault_names_them(string endpoint)
    {
        var intent = await (await ChargeAsync("k1")).JsonAsync();
        await simulator.OrderStripeFaultAsync(new { kind = "error500" });
        var untouched = await CallAsync();
        await simulator.OrderStripeFaultAsync(new { order = "EF-7", kind = "error500", endpoint });

        var struck = await CallAsync();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.InternalServerError), (untouched.StatusCode, struck.StatusCode));

        Task<HttpResponseMessage> CallAsync() => endpoint == "read"
            ? simulator.Stripe().GetAsync($"/v1/payment_intents/{intent.Text("id")}", Simulator.Ct)
            : simulator.Stripe().SendFormAsync($"payment_intents/{intent.Text("id")}/confirm", null);
    }

    [Fact]
    public async Task A_refund_suffers_what_was_ordered_for_its_order_and_moves_once_per_key()
    {
        var intent = (await (await ChargeAsync("k1")).JsonAsync()).Text("id")!;
        await simulator.Stripe().SendFormAsync($"payment_intents/{intent}/confirm", null);
        await simulator.OrderStripeFaultAsync(new { order = "EF-7", kind = "error500", endpoint = "refund" });

        var refused = await simulator.Stripe().SendFormAsync("refunds", "r1", ("payment_intent", intent));
        await simulator.OrderStripeFaultAsync(new { order = "EF-7", kind = "lost_answer", endpoint = "refund" });
        await Assert.ThrowsAnyAsync<Exception>(() => simulator.Stripe().SendFormAsync("refunds", "r2", ("payment_intent", intent)));
        await simulator.Stripe().SendFormAsync("refunds", "r2", ("payment_intent", intent));

        Assert.Equal(HttpStatusCode.InternalServerError, refused.StatusCode);
        Assert.Equal(1_000, (await simulator.ControlAsync("stripe/statement")).GetProperty("refundedXaf").GetInt64());
    }

    [Theory]
    [InlineData(900_902, null)]
    [InlineData(1_000, "error500")]
    public async Task An_amount_or_a_header_scripts_a_fault_without_any_order(int amount, string? header)
    {
        var client = simulator.Stripe();
        if (header is not null)
            client.DefaultRequestHeaders.Add("X-Simulate-Fault", header);

        var answer = await client.SendFormAsync("payment_intents", null, ("amount", $"{amount}"), ("currency", "xaf"));

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await IntentsAsync());
    }

    [Fact]
    public async Task Another_amount_is_what_came_in_and_all_that_can_go_back()
    {
        await simulator.OrderStripeFaultAsync(new { order = "EF-7", kind = "other_amount", endpoint = "intent" });
        var intent = (await (await ChargeAsync("k1")).JsonAsync()).Text("id")!;

        var paid = await (await simulator.Stripe().SendFormAsync($"payment_intents/{intent}/confirm", null)).JsonAsync();
        var tooMuch = await simulator.Stripe().SendFormAsync("refunds", null, ("payment_intent", intent), ("amount", "501"));

        Assert.Equal((1_000, 500), (paid.GetProperty("amount").GetInt64(), paid.GetProperty("amount_received").GetInt64()));
        Assert.Equal(HttpStatusCode.BadRequest, tooMuch.StatusCode);
    }

    [Theory]
    [InlineData("""{"kind":"outcome_late"}""", "kind")]
    [InlineData("""{"kind":"slow","endpoint":"webhook"}""", "endpoint")]
    [InlineData("""{"kind":"slow","order":""}""", "order")]
    public async Task A_fault_that_does_not_exist_is_refused(string json, string field)
    {
        var answer = await simulator.Open().PostTextAsync("/control/stripe/faults", json);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.JsonAsync()).GetProperty("errors").TryGetProperty(field, out _));
    }

    private Task<HttpResponseMessage> ChargeAsync(string key, HttpClient? client = null) => (client ?? simulator.Stripe()).SendFormAsync(
        "payment_intents", key, ("amount", "1000"), ("currency", "xaf"), ("description", "EatFast EF-7"));

    private async Task<string> PaidAsync(string key)
    {
        var intent = (await (await ChargeAsync(key)).JsonAsync()).Text("id")!;
        await simulator.Stripe().SendFormAsync($"payment_intents/{intent}/confirm", null);
        return intent;
    }

    private async Task<List<JsonElement>> ListedAsync(string intent) =>
        [.. (await (await simulator.Stripe().GetAsync($"/v1/refunds?payment_intent={intent}", Simulator.Ct)).JsonAsync()).GetProperty("data").EnumerateArray()];

    private async Task<List<JsonElement>> IntentsAsync() =>
        [.. (await simulator.ControlAsync("stripe/statement")).GetProperty("intents").EnumerateArray()];
}
