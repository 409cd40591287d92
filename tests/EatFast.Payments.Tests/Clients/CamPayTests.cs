using EatFast.Payments.Clients;
using EatFast.Payments.Domain;
using EatFast.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace EatFast.Payments.Tests.Clients;

public sealed class CamPayTests(PaymentsSystem system)
{
    [Theory]
    [InlineData("12", 500, "PHONE_REFUSED")]
    [InlineData("237660000000", 500, "PHONE_OPERATOR_UNSUPPORTED")]
    [InlineData("237690000000", 1, "AMOUNT_REFUSED")]
    public async Task Refusals_are_named(string phone, long amountXaf, string reason)
    {
        var result = await ClientOf("campay-sim-token").CollectAsync(AnOrder(phone, amountXaf), CancellationToken.None);

        Assert.Equal(new SendResult(SendOutcome.Refused, Reason: reason), result);
    }

    [Fact]
    public async Task Without_a_permanent_token_one_is_fetched_with_the_login()
    {
        var result = await ClientOf(token: null).CollectAsync(AnOrder(system.APhone(), 500), CancellationToken.None);

        Assert.Equal(SendOutcome.Accepted, result.Outcome);
    }

    [Fact]
    public async Task A_wrong_token_or_login_moves_nothing_and_may_be_tried_again()
    {
        var phone = system.APhone();

        foreach (var client in new[] { ClientOf("wrong"), ClientOf(token: null, password: "wrong") })
            Assert.Equal(
                SendOutcome.NotSent, (await client.CollectAsync(AnOrder(phone, 500), CancellationToken.None)).Outcome);

        Assert.Empty(await system.CamPay.StatementAsync(phone, "collect"));
    }

    [Fact]
    public async Task An_unknown_transaction_is_no_answer() =>
        Assert.Null(await ClientOf("campay-sim-token").AskAsync(AnOrder("237670000000", 500).Attempt, $"{Guid.NewGuid()}", CancellationToken.None));

    [Theory]
    [InlineData("""{"status":"SUCCESSFUL","amount":"5.00","currency":"XAF","reason":"None"}""", 5L)]
    [InlineData("""{"status":"successful","amount":5,"currency":"XAF"}""", 5L)]
    [InlineData("""{"status":"SUCCESSFUL","amount":"5.50","currency":"XAF","reason":""}""", null)]
    [InlineData("""{"status":"SUCCESSFUL","amount":"None","currency":"XAF"}""", null)]
    public void Amounts_are_read_as_text_or_number(string json, long? amountXaf)
    {
        var state = CamPayJson.StateOf(CamPayJson.Parse(System.Text.Encoding.UTF8.GetBytes(json))!.Value);

        Assert.Equal(new ProviderState(ProviderState.Successful, amountXaf, "XAF", null, null), state);
    }

    [Fact]
    public void Outside_development_a_missing_secret_is_named()
    {
        var nothing = new ConfigurationBuilder().Build();

        var missing = Assert.Throws<InvalidOperationException>(() => CamPayOptions.Read(nothing, isDevelopment: false));

        Assert.Contains("Providers__CamPay__Token", missing.Message, StringComparison.Ordinal);
        Assert.Equal("campay-sim-token", CamPayOptions.Read(nothing, isDevelopment: true).Token);
    }

    [Fact]
    public async Task The_statement_names_our_own_reference()
    {
        var order = AnOrder(SimulatedCamPay.GoodMtn, 700);
        var client = ClientOf("campay-sim-token");
        var sent = await client.CollectAsync(order, CancellationToken.None);
        var today = Statements.DayOf(system.Clock.GetUtcNow());

        var line = await Eventually.Value(
            async () => (await client.ListAsync(today.AddDays(-1), today, CancellationToken.None))!
                .FirstOrDefault(row => row.ExternalReference == order.ExternalReference),
            "the statement lists it");

        Assert.Equal((sent.Reference, "SUCCESSFUL", 700, true), (line.Reference, line.Status, line.AmountXaf, line.IsCollect));
    }

    private MoneyOrder AnOrder(string phone, long amountXaf)
    {
        var now = system.Clock.GetUtcNow();
        var order = new OrderToPay(Guid.NewGuid(), "EF-1", Guid.NewGuid(), Guid.NewGuid(), amountXaf, PaymentMethods.CamPay);
        var attempt = Payment.Of(order, now).StartCollect(Guid.NewGuid(), new Purse(PaymentMethods.CamPay), now, TimeSpan.FromMinutes(15));
        return new MoneyOrder(attempt, phone, "EatFast EF-1");
    }

    private CamPay ClientOf(string? token, string password = "campay-sim")
    {
        var options = new CamPayOptions(new Uri("http://simulator/api/"), token, "campay-sim", password, "key");
        var http = new HttpClient(system.CamPay.Server.CreateHandler()) { BaseAddress = options.BaseUrl };
        return new CamPay(http, new CamPayTokens(options, system.Clock), NullLogger<CamPay>.Instance);
    }
}
