using System.Net;
using System.Net.Http.Json;

namespace EatFast.ProviderSimulator.Tests;

public sealed class CamPayFaultTests : IAsyncDisposable
{
    private readonly Simulator simulator = new(
        ("Simulator:CamPay:SlowAnswerMs", "300"), ("Simulator:CamPay:HangMs", "60000"));

    public ValueTask DisposeAsync() => simulator.DisposeAsync();

    [Fact]
    public async Task An_error_500_moves_no_money_and_is_used_up()
    {
        await simulator.OrderFaultAsync(new { phone = "237677777777", kind = "error500", count = 1 });

        var first = await ChargeAsync();
        var second = await ChargeAsync();

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal("text/html", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal(1, await MovementsAsync());
    }

    [Fact]
    public async Task A_fault_strikes_only_its_number()
    {
        await simulator.OrderFaultAsync(new { phone = "237699999999", kind = "error500" });

        var answer = await ChargeAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Single((await simulator.ControlAsync("campay/faults")).EnumerateArray());
    }

    [Fact]
    public async Task A_timeout_moves_no_money()
    {
        await simulator.OrderFaultAsync(new { phone = "*", kind = "timeout" });
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ChargeAsync(impatience.Token));

        Assert.Equal(0, await MovementsAsync());
    }

    [Fact]
    public async Task A_lost_answer_did_move_the_money()
    {
        await simulator.OrderFaultAsync(new { phone = "*", kind = "lost_answer" });

        await Assert.ThrowsAnyAsync<Exception>(() => ChargeAsync());

        Assert.Equal(1, await MovementsAsync());
    }

    [Fact]
    public async Task A_slow_answer_comes_in_the_end()
    {
        await simulator.OrderFaultAsync(new { phone = "*", kind = "slow" });
        var start = TimeProvider.System.GetTimestamp();

        var answer = await ChargeAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public async Task A_read_fails_only_when_the_fault_names_reads()
    {
        var campay = simulator.CamPay();
        var reference = await campay.CollectAsync("237677777777");
        await simulator.OrderFaultAsync(new { phone = "*", kind = "error500" });
        var untouched = await campay.GetAsync($"/api/transaction/{reference}/", Simulator.Ct);
        await simulator.OrderFaultAsync(new { phone = "*", kind = "error500", endpoint = "transaction" });

        var struck = await campay.GetAsync($"/api/transaction/{reference}/", Simulator.Ct);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.InternalServerError), (untouched.StatusCode, struck.StatusCode));
    }

    [Theory]
    [InlineData("237679000902", null)]
    [InlineData("237699000902", null)]
    [InlineData("237677777777", "error500")]
    public async Task A_number_or_a_header_scripts_a_fault_without_any_order(string phone, string? header)
    {
        var campay = simulator.CamPay();
        if (header is not null)
            campay.DefaultRequestHeaders.Add("X-Simulate-Fault", $"webhook_never, {header}, earthquake");

        var answer = await campay.PostAsJsonAsync("/api/collect/", new { amount = 100, from = phone, description = "Order 7" }, Simulator.Ct);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal(0, await MovementsAsync());
    }

    [Fact]
    public async Task Faults_can_be_cleared()
    {
        await simulator.OrderFaultAsync(new { phone = "*", kind = "error500", count = 50 });

        var cleared = await simulator.Open().DeleteAsync("/control/campay/faults", Simulator.Ct);

        Assert.Equal(HttpStatusCode.NoContent, cleared.StatusCode);
        Assert.Empty((await simulator.ControlAsync("campay/faults")).EnumerateArray());
    }

    [Theory]
    [InlineData("""{"phone":"*","kind":"earthquake"}""", "kind")]
    [InlineData("""{"phone":"1","kind":"slow"}""", "phone")]
    [InlineData("""{"kind":"slow"}""", "phone")]
    [InlineData("""{"phone":"*","kind":"slow","count":0}""", "count")]
    [InlineData("""{"phone":"*","kind":"slow","endpoint":"moon"}""", "endpoint")]
    [InlineData("[", "kind")]
    public async Task A_fault_that_does_not_exist_is_refused(string json, string field)
    {
        var answer = await simulator.Open().PostTextAsync("/control/campay/faults", json);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.JsonAsync()).GetProperty("errors").TryGetProperty(field, out _));
    }

    private Task<HttpResponseMessage> ChargeAsync(CancellationToken? ct = null) => simulator.CamPay().PostAsJsonAsync(
        "/api/collect/", new { amount = 100, from = "237677777777", description = "Order 7" }, ct ?? Simulator.Ct);

    private async Task<int> MovementsAsync() => (await simulator.ControlAsync("campay/statement")).GetProperty("count").GetInt32();
}
