using EatFast.Probe;
using EatFast.Testing;
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
    public async Task Rule_4_without_any_wake_up_an_event_still_leaves_within_two_seconds()
    {
        await using var connection = await system.Probe.OpenOwnConnectionAsync();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(70));
        for (var i = 0; i < 60 && await pace.WaitForNextTickAsync(); i++)
            await connection.InsertAsync(_about, new NoteTaken(_about, 1), system.Clock.GetUtcNow());
        await system.Probe.SentAsync(_about);

        var lags = await LagsAsync();

        Assert.InRange(lags[^1].TotalSeconds, 0, 2);
    }

    [Fact]
    public async Task Rule_4_with_the_wake_up_an_event_leaves_at_once()
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var i = 0; i < 200 && await pace.WaitForNextTickAsync(); i++)
            await system.Probe.AnnounceAsync(_about, new NoteTaken(_about, 1));
        await system.Probe.SentAsync(_about);

        var lags = await LagsAsync();

        TestContext.Current.SendDiagnosticMessage($"commit to mark: p50 {lags[100].TotalMilliseconds} ms, p99 {lags[198].TotalMilliseconds} ms");
        Assert.InRange(lags[100].TotalMilliseconds, 0, 100);
        Assert.InRange(lags[198].TotalSeconds, 0, 1);
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
    public async Task Rule_15_the_relay_goes_on_after_its_database_connections_were_lost()
    {
        await using var owner = new NpgsqlConnection(system.OwnerConnection);
        await owner.OpenAsync();
        for (var round = 1; round <= 5; round++)
        {
            await system.Probe.AnnounceAsync(_about, new NoteTaken(_about, round));
            await system.Probe.SentAsync(_about);
            await using var kill = new NpgsqlCommand(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'probe' AND datname = current_database()", owner);
            Assert.NotEqual(0L, await kill.ExecuteScalarAsync());
            NpgsqlConnection.ClearAllPools();
        }

        await system.Probe.SumBecomesAsync(_about, 15);
    }

    private async Task<List<TimeSpan>> LagsAsync() =>
        [.. (await system.Probe.RowsAsync(_about)).Select(row => row.SentAt!.Value - row.CreatedAt).Order()];
}
