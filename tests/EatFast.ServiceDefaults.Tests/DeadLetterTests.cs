using System.Text.Json;
using System.Text.Json.Nodes;
using EatFast.Probe;
using EatFast.Security;
using EatFast.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace EatFast.ServiceDefaultsTests;

public sealed class DeadLetterTests(ProbeSystem system)
{
    private const string Tallying = "probe-add-to-tally_dead";
    private const string Opening = "probe-open-tally_dead";
    private const string Parked = "probe-outbox_parked";
    private readonly Guid _note = Guid.NewGuid();
    private readonly HttpClient _admin = system.ClientOf("probe", Guid.NewGuid(), Roles.Admin);

    [Fact]
    public async Task An_operator_sees_every_queue_and_in_it_each_message_without_personal_data()
    {
        var id = await BuryAsync(Opening, new { noteId = _note, priceXaf = 5, name = "Ngo Bassa" });

        var queues = (await GetAsync("")).AsArray("queues");
        var queue = Assert.Single(queues, found => (string?)found!["name"] == Opening)!;
        Assert.Equal(("dead_letter", true), ((string?)queue["kind"], (long)queue["count"]! > 0));
        Assert.Contains(queues, found => (string?)found!["name"] == Parked && (string?)found["kind"] == "parked");
        var message = (await FindAsync(Opening, id))!;

        Assert.Equal(("NoteOpened", "unknown", 1), ((string?)message["type"], (string?)message["reason"], (int)message["attempts"]!));
        Assert.Equal((_note.ToString(), 5, "***"), (
            (string?)message["body"]!["noteId"], (int)message["body"]!["priceXaf"]!, (string?)message["body"]!["name"]));
        Assert.NotNull(await FindAsync(Opening, id));
    }

    [Fact]
    public async Task A_message_sent_again_takes_effect_once_however_many_copies_there_were_and_is_gone()
    {
        var id = await BuryAsync(Tallying, new { noteId = _note, priceXaf = 5 });
        await BuryAsync(Tallying, new { noteId = _note, priceXaf = 5 }, id);

        var first = await TakeAsync(Tallying, "redrive", new { messageIds = new[] { id } });
        var second = await TakeAsync(Tallying, "redrive", new { messageIds = new[] { id } });

        Assert.Equal((2, 0), ((int)first["count"]!, (int)second["count"]!));
        Assert.Equal(id, (string?)second.AsArray("notFound").Single());
        await system.Probe.SumBecomesAsync(_note, 5);
        await system.Probe.DeliverAsync(new NoteTaken(_note, 1));
        await system.Probe.SumBecomesAsync(_note, 6);
        Assert.Null(await FindAsync(Tallying, id));
    }

    [Fact]
    public async Task All_of_a_queue_can_be_sent_again()
    {
        var notes = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToList();
        foreach (var note in notes)
            await BuryAsync(Opening, new { noteId = note, priceXaf = 2 });

        var taken = await TakeAsync(Opening, "redrive", new { all = true });

        Assert.True((int)taken["count"]! >= 5);
        foreach (var note in notes)
            await system.Probe.SumBecomesAsync(note, 2);
    }

    [Fact]
    public async Task What_is_discarded_is_gone_and_its_neighbours_stay()
    {
        var (gone, kept) = (await BuryAsync(Opening, new { noteId = _note }), await BuryAsync(Opening, new { noteId = _note }));

        Assert.Equal(1, (int)(await TakeAsync(Opening, "discard", new { messageIds = new[] { gone } }))["count"]!);

        Assert.Null(await FindAsync(Opening, gone));
        Assert.NotNull(await FindAsync(Opening, kept));
        var trace = Assert.Single((await system.Probe.AnnouncedAsync<ActionRecorded>()).FindAll(done => done.Details["messages"] == gone));
        Assert.Equal(("messages.discarded", Opening), (trace.Action, trace.Details["queue"]));
    }

    [Theory]
    [InlineData("""{ "noteId": "no id", "priceXaf": 5 }""")]
    [InlineData("""{ "noteId": "01a209d0-7376-7b49-bb37-ae7819c39f12" }""")]
    public async Task What_cannot_be_read_or_lacks_a_value_goes_to_the_dead_letter_queue_and_says_why(string body)
    {
        var id = await BuryAsync("probe-add-to-tally", JsonNode.Parse(body)!);

        var message = await Eventually.Value(() => FindAsync(Tallying, id), "the unreadable message is in the dead-letter queue");

        Assert.Contains("Exception", (string?)message["reason"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redrive", true)]
    [InlineData("discard", false)]
    public async Task A_parked_event_is_listed_and_leaves_only_when_the_operator_says_so(string action, bool leaves)
    {
        await using var connection = await system.Probe.OpenOwnConnectionAsync();
        var id = $"{await connection.InsertAsync(_note, new NoteTaken(_note, 1), system.Clock.GetUtcNow(), body: """{ "noteId": 1 }""")}";
        var message = await Eventually.Value(() => FindAsync(Parked, id), "it is parked");
        Assert.StartsWith("JsonException", (string?)message["reason"], StringComparison.Ordinal);
        await connection.RunAsync(
            "UPDATE probe.outbox_messages SET body = $2::jsonb WHERE id = $1", Guid.Parse(id), $$"""{ "noteId": "{{_note}}", "priceXaf": 3 }""");

        Assert.Equal(1, (int)(await TakeAsync(Parked, action, new { messageIds = new[] { id } }))["count"]!);

        Assert.Null(await FindAsync(Parked, id));
        if (leaves)
            await system.Probe.SumBecomesAsync(_note, 3);
        else
            Assert.Empty(await system.Probe.RowsAsync(_note));
    }

    [Theory]
    [InlineData("GET", "/probe-nothing_dead", null, 404)]
    [InlineData("POST", "/probe-nothing_dead/redrive", """{"all":true}""", 404)]
    [InlineData("POST", "/probe-add-to-tally/discard", """{"all":true}""", 404)]
    [InlineData("POST", "/" + Parked + "/redrive", "{}", 400)]
    [InlineData("POST", "/" + Parked + "/redrive", """{"messageIds":[]}""", 400)]
    [InlineData("POST", "/" + Parked + "/redrive", """{"messageIds":["x"],"all":true}""", 400)]
    [InlineData("GET", "/" + Parked + "?limit=1000", null, 400)]
    public async Task A_wrong_request_is_refused(string method, string path, string? body, int status) =>
        Assert.Equal(status, (int)(await SendAsync(_admin, method, path, body)).StatusCode);

    [Theory]
    [InlineData("GET", "", null)]
    [InlineData("GET", "/" + Tallying, null)]
    [InlineData("POST", "/" + Tallying + "/redrive", """{"all":true}""")]
    [InlineData("POST", "/" + Parked + "/discard", """{"all":true}""")]
    public async Task Only_an_admin_gets_in(string method, string path, string? body)
    {
        Assert.Equal(401, (int)(await SendAsync(system.ClientOf("probe"), method, path, body)).StatusCode);
        foreach (var role in new[] { Roles.Customer, Roles.RestaurantOwner, Roles.DeliveryAgent })
            Assert.Equal(403, (int)(await SendAsync(system.ClientOf("probe", Guid.NewGuid(), role), method, path, body)).StatusCode);
    }

    private async Task<JsonNode> GetAsync(string path) => (await ReadAsync(await SendAsync(_admin, "GET", path, null)))!;

    private async Task<JsonNode?> FindAsync(string queue, string id) =>
        (await GetAsync($"/{queue}?limit=100")).AsArray("messages").SingleOrDefault(message => (string?)message!["id"] == id);

    private async Task<JsonNode> TakeAsync(string queue, string action, object request) =>
        await ReadAsync(await SendAsync(_admin, "POST", $"/{queue}/{action}", JsonSerializer.Serialize(request)));

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!["data"]!;
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path, string? body) =>
        client.SendAsync(new HttpRequestMessage(new HttpMethod(method), $"/api/v1/admin/messages{path}")
        {
            Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json")
        });

    /// <summary>Puts a message into a queue, as its consumer or the broker would have.</summary>
    private async Task<string> BuryAsync(string queue, object message, string? messageId = null)
    {
        var id = messageId ?? Guid.NewGuid().ToString();
        var broker = system.Probe.Services.GetRequiredService<IConfiguration>().GetConnectionString("rabbitmq")!;
        await using var connection = await new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var type = queue.StartsWith("probe-open", StringComparison.Ordinal) ? nameof(NoteOpened) : nameof(NoteTaken);
        var envelope = new { messageId = id, messageType = new[] { $"urn:message:EatFast.Probe:{type}" }, message, headers = new { } };
        var properties = new BasicProperties { MessageId = id, ContentType = "application/vnd.masstransit+json", Persistent = true };
        await channel.BasicPublishAsync("", queue, mandatory: true, properties, JsonSerializer.SerializeToUtf8Bytes(envelope));
        return id;
    }
}

internal static class JsonReading
{
    public static JsonArray AsArray(this JsonNode node, string name) => node[name]!.AsArray();
}
