using System.Net;
using System.Net.Http.Json;

namespace EatFast.ProviderSimulator.Tests;

public sealed class CamPayRefusalTests : IAsyncDisposable
{
    private readonly Simulator simulator = new();

    public ValueTask DisposeAsync() => simulator.DisposeAsync();

    [Theory]
    [InlineData("Bearer", "campay-sim-token")]
    [InlineData("Token", "wrong")]
    [InlineData("token", "")]
    public async Task Only_the_scheme_Token_with_a_known_token_is_admitted(string scheme, string token)
    {
        var answer = await simulator.As(scheme, token).GetAsync("/api/balance/", Simulator.Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Invalid token.", (await answer.JsonAsync()).Text("detail"));
    }

    [Fact]
    public async Task A_bought_token_works_as_the_permanent_one_does()
    {
        var answer = await simulator.Open().PostAsJsonAsync(
            "/api/token/", new { username = "campay-sim", password = "campay-sim" }, Simulator.Ct);

        var body = await answer.JsonAsync();
        Assert.Equal(3600, body.GetProperty("expires_in").GetInt32());
        var balance = await simulator.As("Token", body.Text("token")!).GetAsync("/api/balance/", Simulator.Ct);
        Assert.Equal(HttpStatusCode.OK, balance.StatusCode);
    }

    [Theory]
    [InlineData("""{"username":"campay-sim","password":"wrong"}""", "non_field_errors")]
    [InlineData("""{"username":"campay-sim"}""", "password")]
    [InlineData("[]", "detail")]
    [InlineData("", "detail")]
    public async Task A_token_is_not_sold_for_wrong_credentials(string json, string field)
    {
        var answer = await simulator.Open().PostTextAsync("/api/token/", json);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.JsonAsync()).TryGetProperty(field, out _));
    }

    [Theory]
    [InlineData("677777777", "100", "ER101", "Invalid phone number")]
    [InlineData("+23767777777", "100", "ER101", "Invalid phone number")]
    [InlineData("2376777777777", "100", "ER101", "Invalid phone number")]
    [InlineData("237٦77777777", "100", "ER101", "Invalid phone number")]
    [InlineData("237661234567", "100", "ER102", null)]
    [InlineData("237684123456", "100", "ER102", null)]
    [InlineData("237621234567", "100", "ER102", null)]
    [InlineData("237677777777", "10.5", "ER201", null)]
    [InlineData("237677777777", "5.00", "ER201", null)]
    [InlineData("237677777777", "-5", "ER201", null)]
    [InlineData("237677777777", "0", "ER201", "Minimum amount for MTN is 5.00")]
    [InlineData("237677777777", "abc", "ER201", null)]
    [InlineData("237677777777", "99999999999999999999", "ER201", null)]
    [InlineData("237677777777", "4", "ER201", "Minimum amount for MTN is 5.00")]
    [InlineData("237699999999", "9", "ER201", "Minimum amount for Orange is 10.00")]
    public async Task A_bad_number_or_amount_gets_its_code(string phone, string amount, string code, string? message)
    {
        var answer = await simulator.CamPay().PostAsJsonAsync(
            "/api/collect/", new { amount, from = phone, description = "Order 7" }, Simulator.Ct);

        var body = await answer.JsonAsync();
        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.StatusCode, body.Text("error_code")));
        Assert.Equal(message ?? body.Text("message"), body.Text("message"));
    }

    [Theory]
    [InlineData("/api/collect/", """{"amount":100,"from":"237677777777"}""", "description")]
    [InlineData("/api/collect/", """{"amount":null,"from":"237677777777","description":"x"}""", "amount")]
    [InlineData("/api/collect/", """{"amount":100,"from":"237677777777","description":["x"]}""", "description")]
    [InlineData("/api/collect/", """{"amount":100,"from":"237677777777","description":"x","currency":"EUR"}""", "currency")]
    [InlineData("/api/collect/", """{"amount":100,"from":"237677777777","description":"<b>x</b>"}""", "error_code")]
    [InlineData("/api/collect/", """{"amount":true,"from":"237677777777","description":"x"}""", "error_code")]
    [InlineData("/api/collect/", """{"amount":100,"from":"237677777777","description":"\ud800"}""", "detail")]
    [InlineData(
        "/api/collect/", """{"amount":100,"from":"237677777777","description":"x","external_reference":{}}""", "external_reference")]
    [InlineData("/api/collect/", "null", "detail")]
    [InlineData("/api/collect/", "{", "detail")]
    [InlineData("/api/withdraw/", """{"amount":100,"from":"237677777777","description":"x"}""", "to")]
    [InlineData("/api/withdraw/", "", "detail")]
    [InlineData("/api/history/", """{"start_date":"2026-01-01"}""", "end_date")]
    [InlineData("/api/history/", """{"start_date":"01/01/2026","end_date":"2026-01-01"}""", "start_date")]
    [InlineData("/api/history/", "7", "detail")]
    public async Task A_body_that_makes_no_sense_is_a_bad_request(string path, string json, string field)
    {
        var answer = await simulator.CamPay().PostTextAsync(path, json);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.JsonAsync()).TryGetProperty(field, out _));
    }

    [Fact]
    public async Task A_path_without_its_slash_is_unknown_to_a_post_and_sent_on_for_a_get()
    {
        var post = await simulator.CamPay().PostTextAsync("/api/collect", "{}");
        var get = await simulator.CamPay().GetAsync("/api/balance", Simulator.Ct);

        Assert.Equal(HttpStatusCode.NotFound, post.StatusCode);
        Assert.Equal((HttpStatusCode.MovedPermanently, "/api/balance/"), (get.StatusCode, get.Headers.Location!.OriginalString));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("01890a5d-ac96-774b-bcce-b302099a8057")]
    public async Task An_unknown_reference_is_not_found(string reference)
    {
        var answer = await simulator.CamPay().GetAsync($"/api/transaction/{reference}/", Simulator.Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("transaction not found", (await answer.JsonAsync()).Text("message"));
    }

    [Fact]
    public async Task A_repeated_external_reference_gives_the_first_result_or_is_rejected_as_the_account_is_set()
    {
        var campay = simulator.CamPay();
        var first = await campay.CollectAsync("237671234567", externalReference: "same");
        var second = await campay.CollectAsync("237671234567", externalReference: "same");
        await simulator.Open().PutAsJsonAsync("/control/campay/settings", new { duplicateReference = "reject" }, Simulator.Ct);

        var third = await campay.PostTextAsync(
            "/api/collect/", """{"amount":1500,"from":"237671234567","description":"x","external_reference":"same"}""");

        Assert.Equal(first, second);
        Assert.Equal(HttpStatusCode.BadRequest, third.StatusCode);
        Assert.True((await third.JsonAsync()).TryGetProperty("external_reference", out _));
        Assert.Single((await simulator.ControlAsync("prompts")).EnumerateArray());
    }

    [Theory]
    [InlineData("""{"duplicateReference":"sometimes"}""")]
    [InlineData("""{"webhookMethod":"PATCH"}""")]
    [InlineData("""{"decideAfterMs":-1}""")]
    public async Task Settings_that_do_not_exist_are_refused(string json)
    {
        var answer = await simulator.Open().PutAsync(
            "/control/campay/settings", new StringContent(json, null, "application/json"), Simulator.Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_cap_of_the_demo_account_can_be_switched_on()
    {
        await using var capped = new Simulator(("Simulator:CamPay:MaxAmountXaf", "25"));

        var answer = await capped.CamPay().PostTextAsync("/api/collect/", """{"amount":26,"from":"237677777777","description":"x"}""");

        Assert.Equal("ER201", (await answer.JsonAsync()).Text("error_code"));
    }
}
