using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace EatFast.ProviderSimulator.Tests;

public sealed class NouPayTests : IAsyncDisposable
{
    private readonly Simulator simulator = new(("Simulator:CamPay:SlowAnswerMs", "100"));

    public ValueTask DisposeAsync() => simulator.DisposeAsync();

    [Theory]
    [InlineData("677777777", "successful")]
    [InlineData("677777770", "failed")]
    public async Task A_charge_is_begun_and_asked_about(string phone, string status)
    {
        var begun = await (await InitiateAsync(phone)).JsonAsync();
        var transaction = begun.GetProperty("data").Text("transaction")!;

        var known = await Simulator.EventuallyAsync(
            () => VerifyAsync(transaction), answer => answer.GetProperty("data").Text("status") != "pending");

        Assert.StartsWith("PAY", transaction, StringComparison.Ordinal);
        Assert.Equal(("success", status, "order7"),
            (known.Text("response"), known.GetProperty("data").Text("status"), known.GetProperty("data").Text("reference")));
    }

    [Theory]
    [InlineData("677777777", 101, "order7", "INVALID_PARAMETER")]
    [InlineData("677777777", 95, "order7", "INVALID_PARAMETER")]
    [InlineData("677777777", 100, "order-7", "INVALID_PARAMETER")]
    [InlineData("620000000", 100, "order7", "ERROR_UNKNOWN_OPERATOR")]
    public async Task What_it_does_not_take_is_refused_in_its_own_words(string phone, int amount, string reference, string code)
    {
        var refused = await (await InitiateAsync(phone, amount, reference)).JsonAsync();

        Assert.Equal(("error", code), (refused.Text("response"), refused.Text("code")));
    }

    [Fact]
    public async Task Without_its_keys_nothing_is_told()
    {
        var answer = await simulator.Open().PostAsJsonAsync("/pay", new { operation = "verify", transaction = "PAY1" }, Simulator.Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_fault_is_ordered_and_a_person_decides()
    {
        await simulator.Open().PostAsJsonAsync("/control/noupay/faults", new { phone = "237670000001", kind = "error500" }, Simulator.Ct);
        var struck = await InitiateAsync("670000001");
        var begun = await (await InitiateAsync("670000001")).JsonAsync();
        var transaction = begun.GetProperty("data").Text("transaction")!;
        var approved = await simulator.Open().PostAsync($"/control/noupay/{transaction}/approve", null, Simulator.Ct);
        var twice = await simulator.Open().PostAsync($"/control/noupay/{transaction}/refuse", null, Simulator.Ct);

        Assert.Equal((500, 200, 409), ((int)struck.StatusCode, (int)approved.StatusCode, (int)twice.StatusCode));
        Assert.Equal(100, (await simulator.ControlAsync("noupay/statement")).GetProperty("collectedXaf").GetInt64());
    }

    private Task<HttpResponseMessage> InitiateAsync(string phone, int amount = 100, string reference = "order7") => SendAsync(new
    {
        operation = "initiate",
        reference,
        amount,
        phone,
        method = "mobilemoney",
        country = "CM",
        currency = "XAF"
    });

    private async Task<JsonElement> VerifyAsync(string transaction) =>
        await (await SendAsync(new { operation = "verify", transaction })).JsonAsync();

    private async Task<HttpResponseMessage> SendAsync(object body)
    {
        var client = simulator.Open();
        client.DefaultRequestHeaders.Add("Noupia-API-Signature", "np-live");
        client.DefaultRequestHeaders.Add("Noupia-API-Key", "noupay-sim-key");
        client.DefaultRequestHeaders.Add("Noupia-Product-Key", "noupay-sim-product");
        return await client.PostAsJsonAsync("/pay", body, Simulator.Ct);
    }
}
