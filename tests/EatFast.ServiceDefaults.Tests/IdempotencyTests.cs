using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace EatFast.ServiceDefaultsTests;

public sealed class IdempotencyTests(ProbeSystem system)
{
    [Fact]
    public async Task A_repeat_with_the_same_key_gets_the_first_answer_byte_for_byte()
    {
        var client = ClientWithKey(Guid.NewGuid(), "first");

        var first = await client.PostAsJsonAsync("/api/v1/notes", new { text = "once", priceXaf = 1 });
        var second = await client.PostAsJsonAsync("/api/v1/notes", new { text = "once", priceXaf = 1 });

        Assert.Equal(201, (int)second.StatusCode);
        Assert.Equal("true", second.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await second.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_hundred_at_once_with_one_key_make_one_row()
    {
        var owner = Guid.NewGuid();
        var client = ClientWithKey(owner, "race");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            var response = await client.PostAsJsonAsync("/api/v1/notes", new { text = "race", priceXaf = 1 });
            return await response.Content.ReadAsStringAsync();
        }));

        Assert.Single(answers.Distinct());
        Assert.Equal(1, await system.Probe.WithDbAsync(db => db.Notes.CountAsync(note => note.OwnerId == owner)));
    }

    [Fact]
    public async Task The_same_key_for_another_body_is_refused()
    {
        var client = ClientWithKey(Guid.NewGuid(), "reused");
        await client.PostAsJsonAsync("/api/v1/notes", new { text = "one", priceXaf = 1 });

        var response = await client.PostAsJsonAsync("/api/v1/notes", new { text = "two", priceXaf = 1 });

        Assert.Equal("IDEMPOTENCY_KEY_REUSED", (string?)(await response.Content.ReadFromJsonAsync<JsonObject>())!["error_code"]);
    }

    [Fact]
    public async Task Someone_elses_key_never_matches()
    {
        var first = await ClientWithKey(Guid.NewGuid(), "shared").PostAsJsonAsync("/api/v1/notes", new { text = "mine", priceXaf = 1 });
        var second = await ClientWithKey(Guid.NewGuid(), "shared").PostAsJsonAsync("/api/v1/notes", new { text = "mine", priceXaf = 1 });

        Assert.NotEqual(first.Headers.Location, second.Headers.Location);
    }

    [Fact]
    public async Task A_double_tap_without_a_key_is_one_request_for_half_a_minute()
    {
        var client = system.ClientOf("probe", Guid.NewGuid());

        var first = await client.PostAsJsonAsync("/api/v1/notes", new { text = "tap", priceXaf = 1 });
        var second = await client.PostAsJsonAsync("/api/v1/notes", new { text = "tap", priceXaf = 1 });
        system.Clock.Advance(TimeSpan.FromSeconds(31));
        var later = await client.PostAsJsonAsync("/api/v1/notes", new { text = "tap", priceXaf = 1 });

        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.NotEqual(first.Headers.Location, later.Headers.Location);
    }

    [Fact]
    public async Task A_key_of_more_than_255_characters_is_refused()
    {
        var response = await ClientWithKey(Guid.NewGuid(), new string('k', 256)).PostAsJsonAsync("/api/v1/notes", new { text = "a", priceXaf = 1 });

        Assert.Equal(400, (int)response.StatusCode);
    }

    private HttpClient ClientWithKey(Guid owner, string key)
    {
        var client = system.ClientOf("probe", owner);
        client.DefaultRequestHeaders.Add("Idempotency-Key", key);
        return client;
    }
}
