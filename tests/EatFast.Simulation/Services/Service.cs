using EatFast.Errors;
using EatFast.Simulation.Core;
using EatFast.Simulation.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Simulation.Services;

/// <summary>A service: one store, and one or two processes that come and go.</summary>
internal sealed class Service : IDisposable
{
    [ThreadStatic]
    private static Dictionary<string, Database>? s_databases;
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromHours(6);
    private readonly World _world;
    private readonly Life?[] _replicas;
    private readonly int[] _runs;
    private static readonly TimeSpan Unhurried = TimeSpan.FromSeconds(15);
    private IDisposable? _nextLook;
    private TimeSpan _quiet;
    private readonly Dictionary<Type, DateTimeOffset> _doneAt = [];

    public Service(World world, Blueprint blueprint)
    {
        (_world, Blueprint) = (world, blueprint);
        s_databases ??= [];
        if (!s_databases.TryGetValue(Name, out var database))
            s_databases[Name] = database = new Database(blueprint.Schema);
        Database = database;
        Database.Clear();
        _replicas = new Life?[world.Chance(0.3) ? 2 : 1];
        _runs = new int[_replicas.Length];
    }

    public Blueprint Blueprint { get; }

    public string Name => Blueprint.Name;

    public Database Database { get; }

    public void Start()
    {
        for (var replica = 0; replica < _replicas.Length; replica++)
            Start(replica);
    }

    /// <summary>One of the processes that are up, or null.</summary>
    public Life? Pick()
    {
        var first = _world.Random.Next(_replicas.Length);
        return _replicas[first] ?? _replicas[(first + 1) % _replicas.Length];
    }

    public void Crash(Life life)
    {
        var replica = Array.IndexOf(_replicas, life);
        _replicas[replica] = null;
        _world.Trace.Add($"{life.Name} CRASHES");
        if (Database.Owner is { } owner && owner.Life == life)
            Database.End(owner, commits: false);
        life.Die();
        _world.After(_world.Between(0.5, 20), () => Start(replica));
    }

    /// <summary>Something was committed: the relay is woken, and due work is looked for soon.</summary>
    public void Committed(bool touchesOutbox)
    {
        _quiet = TimeSpan.FromSeconds(1);
        // A wake-up can get lost; then the poll of the next second finds the rows.
        if (touchesOutbox && !_world.Chance(0.1))
            _world.After(_world.Between(0, 0.005), Relay);
        LookAfter(_world.Between(0.05, 0.25));
    }

    public void Dispose() => _nextLook?.Dispose();

    private void Start(int replica)
    {
        _replicas[replica] = new Life(_world, this, replica, ++_runs[replica]);
        _world.Trace.Add($"{_replicas[replica]!.Name} starts");
        _quiet = TimeSpan.FromSeconds(1);
        LookAfter(_world.Between(0.05, 0.25));
    }

    private void LookAfter(TimeSpan delay)
    {
        _nextLook?.Dispose();
        _nextLook = _world.After(delay, Look, isIdle: true);
    }

    // The services' timers tick all the time; here only the ticks that find something, and some that do not, take place.
    private void Look()
    {
        var now = _world.Now;
        if (Database.Count("SELECT count(*) FROM outbox_messages WHERE sent_at IS NULL AND parked_at IS NULL") > 0)
            Relay();
        var due = Database.NextDue();
        var isTime = due <= now || _quiet > TimeSpan.FromMinutes(5);
        // Before the work, which looks again sooner when it fails or commits.
        LookAfter(due > now && due - now < _quiet ? due.Value - now + _world.Between(0, 0.2) : _quiet);
        _quiet = _quiet * 4 < LongestQuiet ? _quiet * 4 : LongestQuiet;
        if (isTime)
            Work();
    }

    private void Relay() => Pick()?.RunAlone(
        "relay",
        async (scope, ct) =>
        {
            var relay = scope.GetRequiredService<IRelay>();
            while (await relay.RelayBatchAsync(ct))
                continue;
        },
        failure => Settle("relay", failure));

    private void Work()
    {
        foreach (var (work, every) in Blueprint.Works)
        {
            if (_world.Now - _doneAt.GetValueOrDefault(work, World.Start) < PauseOf(work, every))
                continue;
            _doneAt[work] = _world.Now;
            Pick()?.RunAlone(
                work.Name,
                (scope, ct) => ((IPeriodicWork)scope.GetRequiredService(work)).RunAsync(ct),
                failure => Settle(work.Name, failure));
        }
    }

    // What hurries nobody takes place now and then, and what every service does alike twice a day.
    private static TimeSpan PauseOf(Type work, TimeSpan every) =>
        work.Assembly == typeof(IPeriodicWork).Assembly ? TimeSpan.FromHours(12)
        : every >= Unhurried ? TimeSpan.FromHours(1) : TimeSpan.Zero;

    private void Settle(string what, Exception? failure)
    {
        if (failure is null or ProcessDiedException)
            return;
        if (!HttpErrors.IsOutage(failure) && failure is not DbUpdateException)
            _world.Violate($"a bug in {Name}'s {what}: {failure.GetType().Name} {failure.Message}");
        LookAfter(_world.Between(0.5, 1.5));
    }
}
