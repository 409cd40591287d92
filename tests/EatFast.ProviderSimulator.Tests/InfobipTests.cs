using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EatFast.ProviderSimulator.Providers.Infobip;

namespace EatFast.ProviderSimulator.Tests;

public sealed class InfobipTests : IAsyncDisposable
{
    private const string V3 = "/sms/3/messages";
    private const string V2 = "/sms/2/text/advanced";

    private readonly Simulator simulator = new();

    public ValueTask DisposeAsync() => simulator.DisposeAsync();

    [Fact]
    public async Task A_text_is_accepted_and_shown()
    {
        var answer = await simulator.Infobip().PostAsJsonAsync(V3, Text("237677000001", "m-1"), Simulator.Ct);

        var body = await answer.JsonAsync();
        var message = Assert.Single(body.GetProperty("messages").EnumerateArray());
        Assert.Equal(("m-1", "237677000001"), (message.Text("messageId"), message.Text("destination")));
        Assert.Equal((26, "PENDING_ACCEPTED"), (message.GetProperty("status").GetProperty("id").GetInt32(), StatusOf(message)));
        Assert.NotEmpty(body.Text("bulkId")!);
        var shown = Assert.Single((await simulator.ControlAsync("messages?channel=sms&to=237677000001")).EnumerateArray());
        Assert.Equal(("Votre code : 1234", "EatFast"), (shown.Text("text"), shown.Text("from")));
    }

    [Fact]
    public async Task The_older_version_is_served_too()
    {
        var answer = await simulator.Infobip().PostTextAsync(
            V2, """{"messages":[{"from":"EatFast","destinations":[{"to":"237677000001"}],"text":"Hi"}]}""");

        var message = Assert.Single((await answer.JsonAsync()).GetProperty("messages").EnumerateArray());
        Assert.Equal(("237677000001", "PENDING_ACCEPTED"), (message.Text("to"), StatusOf(message)));
        Assert.Equal(1, message.GetProperty("smsCount").GetInt32());
    }

    [Fact]
    public async Task A_message_id_is_used_once()
    {
        var infobip = simulator.Infobip();
        await infobip.PostAsJsonAsync(V3, Text("237677000001", "m-1"), Simulator.Ct);

        var again = await infobip.PostAsJsonAsync(V3, Text("237677000001", "m-1"), Simulator.Ct);

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal("REJECTED_DUPLICATE_MESSAGE_ID", StatusOf((await again.JsonAsync()).GetProperty("messages")[0]));
        Assert.Single((await simulator.ControlAsync("messages")).EnumerateArray());
    }

    [Theory]
    [InlineData("+237677000001", "REJECTED_DESTINATION")]
    [InlineData("abc", "REJECTED_DESTINATION")]
    [InlineData("237677000001", "PENDING_ACCEPTED")]
    public async Task A_bad_number_rejects_its_message_and_not_the_bulk(string to, string status)
    {
        var answer = await simulator.Infobip().PostAsJsonAsync(V3, Text(to, "m-1"), Simulator.Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(status, StatusOf((await answer.JsonAsync()).GetProperty("messages")[0]));
    }

    [Theory]
    [InlineData("{}", "messages")]
    [InlineData("[]", "requestBody")]
    [InlineData("""{"messages":[{}]}""", "messages[0].destinations")]
    [InlineData("""{"messages":[7]}""", "messages[0].content.text")]
    [InlineData("""{"messages":[{"destinations":[{}],"content":{"text":"x"}}]}""", "messages[0].destinations[0].to")]
    public async Task Violations_come_in_the_new_envelope(string json, string property)
    {
        var answer = await simulator.Infobip().PostTextAsync(V3, json);

        var body = await answer.JsonAsync();
        Assert.Equal((HttpStatusCode.BadRequest, "E400"), (answer.StatusCode, body.Text("errorCode")));
        Assert.Contains(property, body.GetProperty("violations").EnumerateArray().Select(violation => violation.Text("property")));
    }

    [Fact]
    public async Task Violations_of_the_older_version_come_in_the_old_envelope()
    {
        var answer = await simulator.Infobip().PostTextAsync(V2, """{"messages":[]}""");

        var error = (await answer.JsonAsync()).GetProperty("requestError").GetProperty("serviceException");
        Assert.Equal((HttpStatusCode.BadRequest, "BAD_REQUEST"), (answer.StatusCode, error.Text("messageId")));
        Assert.True(error.GetProperty("validationErrors").TryGetProperty("messages", out _));
    }

    [Fact]
    public async Task A_wrong_key_is_refused_in_the_envelope_of_the_version()
    {
        var stranger = simulator.As("App", "wrong");

        var v3 = await stranger.PostTextAsync(V3, "{}");
        var v2 = await stranger.PostTextAsync(V2, "{}");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (v3.StatusCode, v2.StatusCode));
        Assert.Equal("E401", (await v3.JsonAsync()).Text("errorCode"));
        Assert.Equal("UNAUTHORIZED", (await v2.JsonAsync()).GetProperty("requestError").GetProperty("serviceException").Text("messageId"));
    }

    [Theory]
    [InlineData("237677000001", "DELIVERED_TO_HANDSET", "NO_ERROR")]
    [InlineData("237677000000", "UNDELIVERABLE_NOT_DELIVERED", "EC_ABSENT_SUBSCRIBER")]
    public async Task The_report_is_sent_to_the_address_of_the_message_until_it_is_taken(string to, string status, string error)
    {
        await using var product = await WebhookListener.StartAsync(refuseFirst: 1);

        await simulator.Infobip().PostAsJsonAsync(V3, Text(to, "m-1", product.Url + "/reports"), Simulator.Ct);

        var webhooks = await product.WaitForAsync(2);
        Assert.Equal(2, webhooks.Count);
        var report = Assert.Single(webhooks[1].Json.GetProperty("results").EnumerateArray());
        Assert.Equal(("m-1", to), (report.Text("messageId"), report.Text("to")));
        Assert.Equal((status, error), (StatusOf(report), report.GetProperty("error").Text("name")));
        Assert.Equal("for order 7", report.Text("callbackData"));
        Assert.Equal(status, Assert.Single((await simulator.ControlAsync("messages")).EnumerateArray()).Text("status"));
    }

    [Fact]
    public async Task A_report_can_be_fetched_once_and_the_log_stays()
    {
        var infobip = simulator.Infobip();
        await infobip.PostAsJsonAsync(V3, Text("237677000001", "m-1"), Simulator.Ct);

        var reports = await Simulator.EventuallyAsync(() => ResultsAsync("reports?messageId=m-1"), results => results.Count == 1);

        Assert.Equal("DELIVERED_TO_HANDSET", StatusOf(Assert.Single(reports)));
        Assert.Empty(await ResultsAsync("reports?messageId=m-1"));
        Assert.Equal("DELIVERED_TO_HANDSET", StatusOf(Assert.Single(await ResultsAsync("logs?messageId=m-1"))));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1001")]
    [InlineData("many")]
    public async Task A_limit_out_of_range_is_a_violation(string limit)
    {
        var answer = await simulator.Infobip().GetAsync($"/sms/3/logs?limit={limit}", Simulator.Ct);

        Assert.Equal((HttpStatusCode.BadRequest, "E400"), (answer.StatusCode, (await answer.JsonAsync()).Text("errorCode")));
    }

    [Theory]
    [InlineData("Bonjour", 1, 1)]
    [InlineData("a", 160, 1)]
    [InlineData("a", 161, 2)]
    [InlineData("€", 81, 2)]
    [InlineData("ê", 70, 1)]
    [InlineData("ê", 71, 2)]
    public void Letters_outside_the_GSM_alphabet_shorten_the_parts(string text, int times, int parts) =>
        Assert.Equal(parts, SmsParts.Count(string.Concat(Enumerable.Repeat(text, times))));

    private async Task<IReadOnlyList<JsonElement>> ResultsAsync(string path)
    {
        var body = await simulator.Infobip().GetFromJsonAsync<JsonElement>($"/sms/3/{path}", Simulator.Ct);
        return [.. body.GetProperty("results").EnumerateArray()];
    }

    private static string? StatusOf(JsonElement message) => message.GetProperty("status").Text("name");

    private static object Text(string to, string messageId, string? reportUrl = null) => new
    {
        messages = new[]
        {
            new
            {
                sender = "EatFast",
                destinations = new[] { new { to, messageId } },
                content = new { text = "Votre code : 1234" },
                webhooks = new { delivery = new { url = reportUrl }, callbackData = "for order 7" },
            },
        },
    };
}
