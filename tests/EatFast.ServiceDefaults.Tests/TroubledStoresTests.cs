using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EatFast.Probe;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EatFast.ServiceDefaultsTests;

/// <summary>A probe whose broker can be cut off, and whose database nobody else uses.</summary>
public sealed class TroubledSystem : TestSystem
{
    private BrokerProxy? _proxy;
    private string? _broker;

    public HostedService<NotesDbContext> Probe { get; private set; } = null!;

    internal BrokerProxy Way => _proxy!;

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["ConnectionStrings:rabbitmq"] = _broker ??= (_proxy = new BrokerProxy(new Uri(Broker))).Start()
    };

    protected override async Task HostAsync() => Probe = await AddServiceAsync<NotesDbContext>("probe");
}

public sealed class TroubledStoresTests(TroubledSystem system) : IClassFixture<TroubledSystem>
{
    private readonly Guid _about = Guid.NewGuid();

    [Fact]
    public async Task Rule_4_without_any_wake_up_an_event_still_leaves()
    {
        await using var connection = await system.Probe.OpenOwnConnectionAsync();
        await connection.InsertAsync(_about, new NoteTaken(_about, 1), system.Clock.GetUtcNow());

        await system.Probe.SentAsync(_about);
    }

    [Fact]
    public async Task Who_waits_while_nothing_moves_is_told_to_come_back_and_the_others_are_served()
    {
        await using var holder = await system.Probe.OpenOwnConnectionAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await holder.RunAsync("LOCK TABLE probe.notes IN ACCESS EXCLUSIVE MODE");
        var crowd = Enumerable.Range(0, 60).Select(number => TakeNoteAsync($"crowd {number}")).ToList();
        await Eventually.AsTrue(async () => await WaitingForLocksAsync() == 32, "as many are at work as may be");

        system.Clock.Advance(TimeSpan.FromSeconds(3));
        await Eventually.AsTrue(() => Task.FromResult(crowd.Count(one => one.IsCompleted) == 28), "the others are refused");
        await transaction.RollbackAsync();
        var answers = await Task.WhenAll(crowd);

        Assert.Equal(32, answers.Count(answer => answer.Status == 201));
        Assert.All(answers.Where(answer => answer.Status != 201), answer => Assert.Equal((503, "BUSY", 2.0), answer));
        Assert.Equal(32, await system.Probe.WithDbAsync(db => db.Notes.CountAsync(note => note.Text.StartsWith("crowd"))));
    }

    [Fact]
    public async Task Rule_11_an_outage_of_the_broker_uses_up_no_attempt_and_parks_nothing()
    {
        await system.Probe.AnnounceAsync(_about, new NoteTaken(_about, 1));
        await system.Probe.SumBecomesAsync(_about, 1);
        system.Way.Cut();
        await system.Probe.AnnounceAsync(_about, new NoteTaken(_about, 2), new NoteTaken(_about, 4));
        await Eventually.AsTrue(async () => (await system.Probe.RowsAsync(_about))[1].LastError is not null, "it was tried in vain");
        Assert.Equal(0, (await system.Probe.RowsAsync(_about))[1].Attempts);

        system.Way.Mend();

        await system.Probe.SumBecomesAsync(_about, 7);
        Assert.All(await system.Probe.RowsAsync(_about), row => Assert.Equal(1, row.Attempts));
    }

    [Fact]
    public async Task Consumers_come_back_however_often_the_broker_goes_away_while_they_work()
    {
        for (var round = 1; round <= 8; round++)
        {
            await system.Probe.AnnounceAsync(_about, Enumerable.Range(1, 10).Select(value => new NoteTaken(_about, value)).ToArray());
            system.Way.Cut();
            // Longer once, so that connections are refused as well as lost.
            if (round == 5)
                await Eventually.AsTrue(async () => (await system.Probe.RowsAsync(_about)).Any(row => row.LastError is not null), "it is missed");
            system.Way.Mend();
        }

        await system.Probe.SumBecomesAsync(_about, 8 * 55);
    }

    [Fact]
    public async Task Rule_15_the_relay_goes_on_after_its_database_connections_were_lost()
    {
        await using var owner = new NpgsqlConnection(system.OwnerConnection);
        await owner.OpenAsync();
        var killed = 0L;
        for (var round = 1; round <= 5; round++)
        {
            await system.Probe.AnnounceAsync(_about, new NoteTaken(_about, round));
            await system.Probe.SentAsync(_about);
            await using var kill = new NpgsqlCommand(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'probe' AND datname = current_database()", owner);
            killed += (long)(await kill.ExecuteScalarAsync())!;
            NpgsqlConnection.ClearAllPools();
        }

        await system.Probe.SumBecomesAsync(_about, 15);
        Assert.NotEqual(0, killed);
    }

    private async Task<(int Status, string? Code, double? RetryAfter)> TakeNoteAsync(string text)
    {
        var client = system.ClientOf("probe", Guid.NewGuid());
        client.DefaultRequestHeaders.Add("Idempotency-Key", text);
        var response = await client.PostAsJsonAsync("/api/v1/notes", new { text, priceXaf = 1 });
        var body = await response.Content.ReadFromJsonAsync<JsonObject>();
        return ((int)response.StatusCode, (string?)body!["error_code"], response.Headers.RetryAfter?.Delta?.TotalSeconds);
    }

    private async Task<long> WaitingForLocksAsync()
    {
        await using var connection = await system.Probe.OpenOwnConnectionAsync();
        await using var ask = new NpgsqlCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()", connection);
        return (long)(await ask.ExecuteScalarAsync())!;
    }
}
