using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

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
            return (Status: (int)response.StatusCode, Body: await response.Content.ReadAsStringAsync());
        }));

        // One that waited for its turn in vain may say so instead.
        Assert.Single(answers.Where(answer => answer.Status == 201).Distinct());
        Assert.All(answers.Where(answer => answer.Status != 201), answer => Assert.Contains("IDEMPOTENCY_IN_PROGRESS", answer.Body, StringComparison.Ordinal));
        Assert.Equal(1, await system.Probe.WithDbAsync(db => db.Notes.CountAsync(note => note.OwnerId == owner)));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task An_equal_request_on_another_replica_decides_the_answer_only_by_committing(bool commits, int notes)
    {
        var owner = Guid.NewGuid();
        var first = await ClientWithKey(owner, "here").PostAsJsonAsync("/api/v1/notes", new { text = "twice", priceXaf = 1 });
        await using var replica = await system.Probe.OpenOwnConnectionAsync();
        await using var transaction = await replica.BeginTransactionAsync();
        await RememberElsewhereAsync(replica, owner);

        var second = ClientWithKey(owner, "there").PostAsJsonAsync("/api/v1/notes", new { text = "twice", priceXaf = 1 });
        await Eventually.AsTrue(() => IsAwaitedAsync(replica.ProcessID), "the second request waits for the replica");
        await (commits ? transaction.CommitAsync() : transaction.RollbackAsync());

        Assert.Equal(commits, (await second).Headers.Contains("Idempotent-Replayed"));
        Assert.Equal(commits, first.Headers.Location == (await second).Headers.Location);
        Assert.Equal(notes, await system.Probe.WithDbAsync(db => db.Notes.CountAsync(note => note.OwnerId == owner)));
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

    [Fact]
    public async Task A_key_of_255_characters_is_a_key()
    {
        var client = ClientWithKey(Guid.NewGuid(), new string('k', 255));

        var first = await client.PostAsJsonAsync("/api/v1/notes", new { text = "a", priceXaf = 1 });
        var second = await client.PostAsJsonAsync("/api/v1/notes", new { text = "a", priceXaf = 1 });

        Assert.Equal((201, first.Headers.Location), ((int)second.StatusCode, second.Headers.Location));
    }

    [Fact]
    public async Task While_the_first_is_still_at_work_an_equal_request_is_told_so()
    {
        var owner = Guid.NewGuid();
        await ClientWithKey(owner, "here").PostAsJsonAsync("/api/v1/notes", new { text = "slow", priceXaf = 1 });
        await using var replica = await system.Probe.OpenOwnConnectionAsync();
        await using var transaction = await replica.BeginTransactionAsync();
        await RememberElsewhereAsync(replica, owner);
        var first = ClientWithKey(owner, "there").PostAsJsonAsync("/api/v1/notes", new { text = "slow", priceXaf = 1 });
        await Eventually.AsTrue(() => IsAwaitedAsync(replica.ProcessID), "the first request is at work");

        var second = await ClientWithKey(owner, "there").PostAsJsonAsync("/api/v1/notes", new { text = "slow", priceXaf = 1 });
        await transaction.RollbackAsync();

        Assert.Equal(409, (int)second.StatusCode);
        Assert.Equal("IDEMPOTENCY_IN_PROGRESS", (string?)(await second.Content.ReadFromJsonAsync<JsonObject>())!["error_code"]);
        Assert.Equal(201, (int)(await first).StatusCode);
    }

    [Fact]
    public async Task A_refusal_is_not_remembered_so_the_key_can_be_used_again()
    {
        var client = ClientWithKey(Guid.NewGuid(), "refused");

        var refused = await client.PostAsJsonAsync("/api/v1/notes", new { text = "dear", priceXaf = 5000 });
        var accepted = await client.PostAsJsonAsync("/api/v1/notes", new { text = "cheap", priceXaf = 1 });

        Assert.Equal((422, 201), ((int)refused.StatusCode, (int)accepted.StatusCode));
    }

    /// <summary>What another replica writes for the same request under the key "there".</summary>
    private static async Task RememberElsewhereAsync(NpgsqlConnection replica, Guid owner)
    {
        await using var insert = new NpgsqlCommand(
            """
            INSERT INTO probe.idempotency_keys (principal, key, request_hash, status, location, body, created_at)
            SELECT principal, 'key:there', request_hash, status, location, body, created_at FROM probe.idempotency_keys WHERE principal = $1
            """,
            replica)
        {
            Parameters = { new() { Value = owner.ToString() } }
        };
        Assert.Equal(1, await insert.ExecuteNonQueryAsync());
    }

    // On a connection of its own: within a transaction Postgres shows the activity of one moment only.
    private async Task<bool> IsAwaitedAsync(int backend)
    {
        await using var connection = await system.Probe.OpenOwnConnectionAsync();
        await using var ask = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid)))", connection)
        {
            Parameters = { new() { Value = backend } }
        };
        return (bool)(await ask.ExecuteScalarAsync())!;
    }

    private HttpClient ClientWithKey(Guid owner, string key)
    {
        var client = system.ClientOf("probe", owner);
        client.DefaultRequestHeaders.Add("Idempotency-Key", key);
        return client;
    }
}
