using System.Net;

namespace EatFast.ProviderSimulator.Tests;

public sealed class ControlTests
{
    [Fact]
    public async Task The_page_is_served_without_anything_from_outside()
    {
        await using var simulator = new Simulator();

        var answer = await simulator.Open().GetAsync("/", Simulator.Ct);

        var page = await answer.Content.ReadAsStringAsync(Simulator.Ct);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Waiting for the payer", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"http", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_and_smtp_address_are_told()
    {
        await using var simulator = new Simulator();

        var health = await simulator.Open().GetStringAsync("/health", Simulator.Ct);
        var smtp = await simulator.ControlAsync("smtp");

        Assert.Equal("""{"status":"Healthy"}""", health);
        Assert.InRange(smtp.GetProperty("port").GetInt32(), 1, 65535);
    }

    [Fact]
    public async Task Changes_are_announced_to_the_page()
    {
        await using var simulator = new Simulator();
        await using var stream = await simulator.Open().GetStreamAsync("/control/events", Simulator.Ct);
        using var events = new StreamReader(stream);

        Assert.Equal("event: changed", await events.ReadLineAsync(Simulator.Ct));
        await simulator.CamPay().CollectAsync("237671234567");
        var lines = new List<string?>();
        while (!lines.Contains("event: changed"))
            lines.Add(await events.ReadLineAsync(Simulator.Ct));

        Assert.Contains("data: 0", lines);
    }

    [Fact]
    public async Task Messages_can_be_cleared()
    {
        await using var simulator = new Simulator();
        await SendTextAsync(simulator);

        var cleared = await simulator.Open().DeleteAsync("/control/messages", Simulator.Ct);

        Assert.Equal(HttpStatusCode.NoContent, cleared.StatusCode);
        Assert.Empty((await simulator.ControlAsync("messages")).EnumerateArray());
    }

    [Theory]
    [InlineData("messages?take=0")]
    [InlineData("messages?take=many")]
    [InlineData("campay/statement?take=-1")]
    public async Task A_take_out_of_range_is_a_bad_request(string path)
    {
        await using var simulator = new Simulator();

        var answer = await simulator.Open().GetAsync($"/control/{path}", Simulator.Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_journal_brings_everything_back_after_a_kill_in_the_middle_of_a_line()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.jsonl");
        await using (var first = new Simulator(("Simulator:Journal", path)))
        {
            await first.CamPay().FinalAsync(await first.CamPay().CollectAsync("237677777777", 10_000, "paid"));
            await first.CamPay().CollectAsync("237671234567", 500, "open");
            await SendTextAsync(first);
        }

        await File.AppendAllTextAsync(path, """{"at":"2026""", Simulator.Ct);
        await using var second = new Simulator(("Simulator:Journal", path));
        var again = await second.CamPay().CollectAsync("237671234567", 500, "open");

        var statement = await second.ControlAsync("campay/statement");
        Assert.Equal(10_009_800, statement.GetProperty("mtnBalanceXaf").GetInt64());
        Assert.Equal(2, statement.GetProperty("count").GetInt32());
        Assert.Equal(again, Assert.Single((await second.ControlAsync("prompts")).EnumerateArray()).Text("reference"));
        Assert.Single((await second.ControlAsync("messages")).EnumerateArray());
        Assert.Equal("REJECTED_DUPLICATE_MESSAGE_ID", await SendTextAsync(second));
        File.Delete(path);
    }

    private static async Task<string?> SendTextAsync(Simulator simulator)
    {
        var answer = await simulator.Infobip().PostTextAsync(
            "/sms/3/messages",
            """{"messages":[{"sender":"EatFast","destinations":[{"to":"237677000001","messageId":"m-1"}],"content":{"text":"Hi"}}]}""");
        return (await answer.JsonAsync()).GetProperty("messages")[0].GetProperty("status").Text("name");
    }
}
