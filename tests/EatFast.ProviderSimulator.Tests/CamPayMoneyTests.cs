using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace EatFast.ProviderSimulator.Tests;

public sealed class CamPayMoneyTests : IAsyncDisposable
{
    private readonly Simulator simulator = new();

    public ValueTask DisposeAsync() => simulator.DisposeAsync();

    [Theory]
    [InlineData("237677777777", "MTN", "*126#")]
    [InlineData("237680123456", "MTN", "*126#")]
    [InlineData("237699999999", "Orange", "#150*50#")]
    [InlineData("237640123456", "Orange", "#150*50#")]
    public async Task A_charge_is_answered_with_reference_ussd_code_and_operator_only(string phone, string carrier, string ussd)
    {
        var answer = await simulator.CamPay().PostAsJsonAsync(
            "/api/collect/", new { amount = "1500", currency = "XAF", from = phone, description = "Order 7" }, Simulator.Ct);

        var body = await answer.JsonAsync();
        Assert.Equal(["reference", "ussd_code", "operator"], body.EnumerateObject().Select(field => field.Name));
        Assert.True(Guid.TryParse(body.Text("reference"), out _));
        Assert.Equal((carrier, ussd), (body.Text("operator"), body.Text("ussd_code")));
    }

    [Theory]
    [InlineData("237677777777", "SUCCESSFUL", "MTN")]
    [InlineData("237677777770", "FAILED", "MTN")]
    [InlineData("237699999999", "SUCCESSFUL", "Orange")]
    [InlineData("237699999990", "FAILED", "Orange")]
    public async Task Test_numbers_decide_by_themselves(string phone, string status, string carrier)
    {
        var campay = simulator.CamPay();
        var reference = await campay.CollectAsync(phone, externalReference: "order-7");

        var transaction = await campay.FinalAsync(reference);

        Assert.Equal((status, carrier), (transaction.Text("status"), transaction.Text("operator")));
        Assert.Equal(("1500.00", "1470.00"), (transaction.Text("amount"), transaction.Text("app_amount")));
        Assert.Equal(("order-7", "collect"), (transaction.Text("external_reference"), transaction.Text("endpoint")));
        Assert.Equal(("None", "None"), (transaction.Text("external_user"), transaction.Text("redirect_url")));
        Assert.Equal(status == "FAILED", transaction.Text("operator_reference") == "");
        Assert.Equal(status == "SUCCESSFUL", transaction.Text("reason") == "None");
    }

    [Fact]
    public async Task Charges_and_payouts_move_the_float_of_their_carrier_net_of_fees()
    {
        var campay = simulator.CamPay();
        await campay.FinalAsync(await campay.CollectAsync("237677777777", 10_000));

        var answer = await campay.PostAsJsonAsync(
            "/api/withdraw/", new { amount = 5000, to = "237699999999", description = "Payout" }, Simulator.Ct);

        var withdrawal = await answer.JsonAsync();
        Assert.Equal("PENDING", withdrawal.Text("status"));
        Assert.Equal("SUCCESSFUL", (await campay.FinalAsync(withdrawal.Text("reference")!)).Text("status"));
        var balance = await campay.GetFromJsonAsync<JsonElement>("/api/balance/", Simulator.Ct);
        Assert.Equal(10_009_800, balance.GetProperty("mtn_balance").GetInt64());
        Assert.Equal(9_994_950, balance.GetProperty("orange_balance").GetInt64());
        Assert.Equal(20_004_750, balance.GetProperty("total_balance").GetInt64());
        Assert.Equal("XAF", balance.Text("currency"));
    }

    [Fact]
    public async Task A_failed_payout_gives_its_money_back()
    {
        var campay = simulator.CamPay();

        var answer = await campay.PostAsJsonAsync(
            "/api/withdraw/", new { amount = 5000, to = "237677777770", description = "Payout" }, Simulator.Ct);

        var transaction = await campay.FinalAsync((await answer.JsonAsync()).Text("reference")!);
        Assert.Equal(("FAILED", "PAYEE_NOT_FOUND"), (transaction.Text("status"), transaction.Text("reason")));
        var balance = await campay.GetFromJsonAsync<JsonElement>("/api/balance/", Simulator.Ct);
        Assert.Equal(10_000_000, balance.GetProperty("mtn_balance").GetInt64());
    }

    [Fact]
    public async Task Many_payouts_at_once_never_overdraw_the_float()
    {
        var campay = simulator.CamPay();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => campay.PostAsJsonAsync(
            "/api/withdraw/", new { amount = 1_000_000, to = "237677777777", description = "Payout" }, Simulator.Ct)));

        Assert.Equal(9, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        var refusal = await answers.First(answer => !answer.IsSuccessStatusCode).JsonAsync();
        Assert.Equal("ER301", refusal.Text("error_code"));
    }

    [Fact]
    public async Task A_person_who_never_answers_lets_the_prompt_expire_after_ten_minutes()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var waiting = new Simulator { Clock = clock };
        var campay = waiting.CamPay();
        var reference = await campay.CollectAsync("237671234567");

        clock.Advance(TimeSpan.FromMinutes(9));
        var before = await campay.GetFromJsonAsync<JsonElement>($"/api/transaction/{reference}/", Simulator.Ct);
        clock.Advance(TimeSpan.FromMinutes(1));
        var after = await campay.FinalAsync(reference);

        Assert.Equal("PENDING", before.Text("status"));
        Assert.Equal(("FAILED", "EXPIRED"), (after.Text("status"), after.Text("reason")));
    }

    [Theory]
    [InlineData("approve", "SUCCESSFUL", "None")]
    [InlineData("refuse", "FAILED", "APPROVAL_REJECTED")]
    public async Task A_person_decides_a_prompt_once(string verb, string status, string reason)
    {
        var campay = simulator.CamPay();
        var reference = await campay.CollectAsync("237671234567", 2500);
        var prompt = Assert.Single((await simulator.ControlAsync("prompts")).EnumerateArray());

        var first = await simulator.Open().PostAsync($"/control/prompts/{reference}/{verb}", null, Simulator.Ct);
        var second = await simulator.Open().PostAsync($"/control/prompts/{reference}/{verb}", null, Simulator.Ct);

        Assert.Equal((reference, 2500), (prompt.Text("reference"), prompt.GetProperty("amountXaf").GetInt64()));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode));
        var transaction = await campay.FinalAsync(reference);
        Assert.Equal((status, reason), (transaction.Text("status"), transaction.Text("reason")));
        Assert.Empty((await simulator.ControlAsync("prompts")).EnumerateArray());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("01890a5d-ac96-774b-bcce-b302099a8057")]
    public async Task An_unknown_prompt_is_not_found(string reference)
    {
        var answer = await simulator.Open().PostAsync($"/control/prompts/{reference}/approve", null, Simulator.Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task History_lists_what_is_decided_and_leaves_out_what_is_pending()
    {
        var campay = simulator.CamPay();
        var decided = await campay.CollectAsync("237677777777", 1000);
        await campay.CollectAsync("237671234567", 2000);
        await campay.FinalAsync(decided);
        var (yesterday, tomorrow) = (TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));

        var answer = await campay.PostAsJsonAsync(
            "/api/history/", new { start_date = $"{yesterday:yyyy-MM-dd}", end_date = $"{tomorrow:yyyy-MM-dd}" }, Simulator.Ct);

        var row = Assert.Single((await answer.JsonAsync()).GetProperty("data").EnumerateArray());
        Assert.Equal(decided, row.Text("reference_uuid"));
        Assert.Equal(("1000.00", "20.00", "980.00"), (row.Text("amount"), row.Text("charge_amount"), row.Text("credit")));
    }

    [Fact]
    public async Task The_statement_shows_every_movement_with_its_state_and_totals()
    {
        var campay = simulator.CamPay();
        await campay.FinalAsync(await campay.CollectAsync("237677777777", 1000));
        await campay.FinalAsync(await campay.CollectAsync("237677777770", 700));
        await campay.CollectAsync("237671234567", 300);

        var statement = await simulator.ControlAsync("campay/statement");

        Assert.Equal((1000, 1), (statement.GetProperty("collectedXaf").GetInt64(), statement.GetProperty("pending").GetInt32()));
        Assert.Equal(
            ["PENDING", "FAILED", "SUCCESSFUL"],
            statement.GetProperty("transactions").EnumerateArray().Select(transaction => transaction.Text("status")!));
    }
}
