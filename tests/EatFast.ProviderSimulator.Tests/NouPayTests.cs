using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace EatFast.ProviderSimulator.Tests;

public sealed class NouPayTests : IAsyncDisposable
{
    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    private readonly Simulator simulator = new();

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

    [Theory]
    [InlineData("timeout", false)]
    [InlineData("lost_answer", true)]
    public async Task A_call_without_an_answer_may_have_begun_a_charge(string kind, bool isBegun)
    {
        await OrderFaultAsync("237670000001", kind);
        using var impatient = simulator.Open();
        impatient.Timeout = TimeSpan.FromMilliseconds(300);

        await Assert.ThrowsAnyAsync<Exception>(() => InitiateAsync("670000001", client: impatient));

        Assert.Equal(isBegun ? 1 : 0, (await simulator.ControlAsync("noupay/statement")).GetProperty("transactions").GetArrayLength());
    }

    [Theory]
    [InlineData("outcome_late", "successful")]
    [InlineData("outcome_never", "pending")]
    public async Task A_payer_s_answer_is_told_late_or_never(string kind, string last)
    {
        await using var patient = new Simulator { Clock = clock };
        await OrderFaultAsync("237670000001", kind, patient);
        var begun = await (await InitiateAsync("670000001", client: patient.Open())).JsonAsync();
        var transaction = begun.GetProperty("data").Text("transaction")!;
        await patient.Open().PostAsync($"/control/noupay/{transaction}/approve", null, Simulator.Ct);

        var soon = await VerifyAsync(transaction, patient.Open());
        clock.Advance(TimeSpan.FromMinutes(1));
        var later = await VerifyAsync(transaction, patient.Open());

        Assert.Equal(("pending", last), (soon.GetProperty("data").Text("status"), later.GetProperty("data").Text("status")));
        Assert.Equal(100, (await patient.ControlAsync("noupay/statement")).GetProperty("collectedXaf").GetInt64());
    }

    [Theory]
    [InlineData("679000902", null)]
    [InlineData("670000001", "error500")]
    public async Task A_number_or_a_header_scripts_a_fault(string phone, string? header)
    {
        using var client = simulator.Open();
        if (header is not null)
            client.DefaultRequestHeaders.Add("X-Simulate-Fault", header);

        Assert.Equal(HttpStatusCode.InternalServerError, (await InitiateAsync(phone, client: client)).StatusCode);
    }

    [Fact]
    public async Task A_webhook_cannot_fail_where_there_is_none()
    {
        var answer = await simulator.Open().PostTextAsync("/control/noupay/faults", """{"phone":"*","kind":"webhook_never"}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private async Task OrderFaultAsync(string phone, string kind, Simulator? at = null) =>
        (await (at ?? simulator).Open().PostAsJsonAsync("/control/noupay/faults", new { phone, kind }, Simulator.Ct)).EnsureSuccessStatusCode();

    private Task<HttpResponseMessage> InitiateAsync(
        string phone, int amount = 100, string reference = "order7", HttpClient? client = null) => SendAsync(
        new { operation = "initiate", reference, amount, phone, method = "mobilemoney", country = "CM", currency = "XAF" }, client);

    private async Task<JsonElement> VerifyAsync(string transaction, HttpClient? client = null) =>
        await (await SendAsync(new { operation = "verify", transaction }, client)).JsonAsync();

    private async Task<HttpResponseMessage> SendAsync(object body, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/pay") { Content = JsonContent.Create(body) };
        request.Headers.Add("Noupia-API-Signature", "np-live");
        request.Headers.Add("Noupia-API-Key", "noupay-sim-key");
        request.Headers.Add("Noupia-Product-Key", "noupay-sim-product");
        return await (client ?? simulator.Open()).SendAsync(request, Simulator.Ct);
    }
}
