using System.Security.Cryptography;
using System.Text;
using EatFast.ProviderSimulator.Providers.CamPay;
using Microsoft.AspNetCore.WebUtilities;

namespace EatFast.ProviderSimulator.Tests;

public sealed class CamPayWebhookTests
{
    private const string Key = "campay_webhook_test_key";

    [Fact]
    public void The_signature_is_the_one_CamPay_makes()
    {
        var signature = CamPaySignature.Sign(Key, "eatfast-sim", DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));

        Assert.Equal(
            "eyJhbGciOiJIUzI1NiIsImFwcCI6ImVhdGZhc3Qtc2ltIiwidHlwIjoiSldUIn0.eyJpYXQiOjE3MDAwMDAwMDAsIm5iZiI6MTcwMDAwMDAwMCwiZXhwIjox"
            + "NzAwMDAzNjAwLCJzb3VyY2UiOiJDYW1QYXkifQ.73IVMLodBfXXdLYeTz-pKWRbFgPINBmwyGkaUlI0QAI",
            signature);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("GET")]
    public async Task A_final_state_is_told_to_the_product_with_a_true_signature(string method)
    {
        await using var product = await WebhookListener.StartAsync();
        await using var simulator = new Simulator(("PublicBaseUrl", product.Url), ("Simulator:CamPay:WebhookMethod", method));

        var reference = await simulator.CamPay().CollectAsync("237677777777", 1500, "order & 7");

        var webhook = Assert.Single(await product.WaitForAsync(1));
        Assert.Equal((method, "/api/v1/webhooks/campay"), (webhook.Method, webhook.Path));
        Assert.Equal((reference, "SUCCESSFUL"), (webhook["reference"], webhook["status"]));
        Assert.Equal(("1500.00", "order & 7"), (webhook["amount"], webhook["external_reference"]));
        Assert.True(IsSigned(webhook["signature"]!));
    }

    [Fact]
    public async Task A_refused_prompt_is_told_too()
    {
        await using var product = await WebhookListener.StartAsync();
        await using var simulator = new Simulator(("PublicBaseUrl", product.Url));
        var reference = await simulator.CamPay().CollectAsync("237671234567");

        await simulator.Open().PostAsync($"/control/prompts/{reference}/refuse", null, Simulator.Ct);

        Assert.Equal("FAILED", Assert.Single(await product.WaitForAsync(1))["status"]);
    }

    [Theory]
    [InlineData("webhook_five_times", 5, "SUCCESSFUL")]
    [InlineData("webhook_out_of_order", 2, "PENDING")]
    public async Task Webhooks_come_too_often_and_in_the_wrong_order_when_asked_to(string kind, int calls, string last)
    {
        await using var product = await WebhookListener.StartAsync();
        await using var simulator = new Simulator(("PublicBaseUrl", product.Url));
        await simulator.OrderFaultAsync(new { phone = "*", kind });

        var reference = await simulator.CamPay().CollectAsync("237677777777");
        var webhooks = await product.WaitForAsync(calls);

        Assert.Equal(calls, webhooks.Count);
        Assert.All(webhooks, webhook => Assert.Equal(reference, webhook["reference"]));
        Assert.Equal(("SUCCESSFUL", last), (webhooks[0]["status"], webhooks[^1]["status"]));
    }

    [Fact]
    public async Task A_product_that_is_down_is_tried_again_three_times()
    {
        await using var simulator = new Simulator(("PublicBaseUrl", "http://127.0.0.1:1"));

        var reference = await simulator.CamPay().CollectAsync("237677777777");

        var attempts = await Simulator.EventuallyAsync(() => AttemptsAsync(simulator, reference), outcomes => outcomes.Count == 4);
        Assert.Equal(4, attempts.Count);
        Assert.All(attempts, outcome => Assert.StartsWith("not reached", outcome, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_product_that_comes_back_still_gets_its_webhook()
    {
        var down = await WebhookListener.StartAsync();
        var url = down.Url;
        await down.DisposeAsync();
        await using var simulator = new Simulator(("PublicBaseUrl", url), ("Simulator:CamPay:WebhookRetryMs", "400"));
        var reference = await simulator.CamPay().CollectAsync("237677777777");
        await Simulator.EventuallyAsync(() => AttemptsAsync(simulator, reference), outcomes => outcomes.Count > 0);

        await using var product = await WebhookListener.StartAsync(url: url);

        Assert.Equal(reference, Assert.Single(await product.WaitForAsync(1))["reference"]);
    }

    [Theory]
    [InlineData("webhook_twice", 2)]
    [InlineData("webhook_late", 1)]
    public async Task A_webhook_can_come_twice_or_late(string kind, int count)
    {
        await using var product = await WebhookListener.StartAsync();
        await using var simulator = new Simulator(("PublicBaseUrl", product.Url), ("Simulator:CamPay:LateWebhookMs", "300"));
        await simulator.OrderFaultAsync(new { phone = "237677777777", kind });

        var reference = await simulator.CamPay().CollectAsync("237677777777");

        var webhooks = await product.WaitForAsync(count);
        Assert.Equal(Enumerable.Repeat(reference, count), webhooks.Select(webhook => webhook["reference"]));
    }

    [Fact]
    public async Task A_webhook_can_be_lost()
    {
        await using var product = await WebhookListener.StartAsync();
        await using var simulator = new Simulator(("PublicBaseUrl", product.Url));
        await simulator.OrderFaultAsync(new { phone = "*", kind = "webhook_never" });

        var lost = await simulator.CamPay().CollectAsync("237677777777");
        await simulator.CamPay().FinalAsync(lost);
        var told = await simulator.CamPay().CollectAsync("237699999999");

        Assert.Equal(told, Assert.Single(await product.WaitForAsync(1))["reference"]);
        Assert.Equal("not sent", Assert.Single(await AttemptsAsync(simulator, lost)));
    }

    [Fact]
    public async Task A_webhook_can_come_before_the_answer_to_the_charge()
    {
        await using var product = await WebhookListener.StartAsync();
        await using var simulator = new Simulator(("PublicBaseUrl", product.Url));
        await simulator.OrderFaultAsync(new { phone = "237671234567", kind = "webhook_before_answer" });

        var reference = await simulator.CamPay().CollectAsync("237671234567");

        Assert.Equal(reference, Assert.Single(product.Received)["reference"]);
    }

    [Fact]
    public async Task A_webhook_can_bear_a_forged_signature_and_another_amount()
    {
        await using var product = await WebhookListener.StartAsync();
        await using var simulator = new Simulator(("PublicBaseUrl", product.Url));
        await simulator.OrderFaultAsync(new { phone = "237677777777", kind = "bad_signature" });
        await simulator.OrderFaultAsync(new { phone = "237677777777", kind = "other_amount" });

        await simulator.CamPay().CollectAsync("237677777777", 1500);

        var webhook = Assert.Single(await product.WaitForAsync(1));
        Assert.False(IsSigned(webhook["signature"]!));
        Assert.Equal("750.00", webhook["amount"]);
    }

    private static async Task<IReadOnlyList<string>> AttemptsAsync(Simulator simulator, string reference)
    {
        var statement = await simulator.ControlAsync("campay/statement");
        var transaction = statement.GetProperty("transactions").EnumerateArray().Single(row => row.Text("reference") == reference);
        return [.. transaction.GetProperty("webhooks").EnumerateArray().Select(outcome => outcome.GetString()!)];
    }

    private static bool IsSigned(string token)
    {
        var end = token.LastIndexOf('.');
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes(token[..end]));
        return WebEncoders.Base64UrlEncode(expected) == token[(end + 1)..];
    }
}
