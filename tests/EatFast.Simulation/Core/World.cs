using EatFast.Simulation.Outside;
using EatFast.Simulation.Services;

namespace EatFast.Simulation.Core;

/// <summary>One seed's world: a single thread does one thing after the other, and every choice comes from the seed.</summary>
internal sealed class World : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);
    private const int MostSteps = 20_000_000;
    [ThreadStatic]
    private static World? s_current;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<string> _violations = [];

    public World(Scenario scenario)
    {
        s_current = this;
        Scenario = scenario;
        Random = new Random(scenario.Seed);
        Clock = new VirtualClock { Schedule = (after, action) => After(after, action) };
        Agenda = new Agenda(Random);
        Trace = new Trace(Clock, scenario.KeptLines);
        Faults = new Faults(this);
        Services = [.. Blueprint.All.Select(blueprint => new Service(this, blueprint))];
        Broker = new Broker(this);
        Provider = new Provider(this);
        City = new City(this);
    }

    /// <summary>The world of this thread: type mappings of the store are shared by all worlds and find their own by this.</summary>
    public static World Current => s_current ?? throw new InvalidOperationException("No world lives on this thread.");

    public Scenario Scenario { get; }

    public Random Random { get; }

    public VirtualClock Clock { get; }

    public Agenda Agenda { get; }

    public Ids Ids { get; } = new();

    public Trace Trace { get; }

    public Faults Faults { get; }

    public IReadOnlyList<Service> Services { get; }

    public Broker Broker { get; }

    public Provider Provider { get; }

    public City City { get; }

    public IReadOnlyList<string> Violations => _violations;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public Service ServiceOf(string name) => Services.First(service => service.Name == name);

    public IDisposable After(TimeSpan delay, Action action, bool isIdle = false) => Agenda.Add(Now + delay, action, isIdle);

    public Task SleepAsync(TimeSpan time)
    {
        var slept = new TaskCompletionSource();
        After(time, slept.SetResult);
        return slept.Task;
    }

    public bool Chance(double probability) => probability > 0 && Random.NextDouble() < probability;

    public TimeSpan Between(double fromSeconds, double toSeconds) =>
        TimeSpan.FromMilliseconds(Math.Round((fromSeconds + Random.NextDouble() * (toSeconds - fromSeconds)) * 1000));

    public void Violate(string what)
    {
        if (_violations.Count < 20)
            _violations.Add(what);
        Trace.Add($"VIOLATION {what}");
    }

    /// <summary>Everything runs on the world's own thread: code that hops to another one could not be replayed.</summary>
    public void RequireOwnThread(string where)
    {
        if (Environment.CurrentManagedThreadId != _thread)
            throw new InvalidOperationException($"The simulation left its thread before: {where}");
    }

    /// <summary>Runs until nothing is left to do, or the horizon is reached.</summary>
    public void Run(DateTimeOffset horizon, Func<bool> isSettled)
    {
        var steps = 0;
        while (Agenda.TryTake(out var at, out var action) && at <= horizon)
        {
            Clock.MoveTo(at);
            action();
            if (++steps % 32 == 0 && Agenda.Busy == 0 && isSettled())
                return;
            if (steps < MostSteps)
                continue;
            Violate($"still busy after {MostSteps} steps");
            return;
        }
    }

    /// <summary>Starts something that runs by itself; a failure of it is a failure of the run.</summary>
    public void Spawn(string name, Func<Task> body) => _ = ObserveAsync(body, failure =>
    {
        if (failure is not null)
            Violate($"{name} failed: {failure.GetType().Name} {failure.Message} {failure.StackTrace?.Split('\n')[0].Trim()}");
    });

    internal static async Task ObserveAsync(Func<Task> body, Action<Exception?> done)
    {
        Exception? failure = null;
        try
        {
            await body();
        }
        catch (Exception exception)
        {
            failure = exception;
        }
        done(failure);
    }

    public void Dispose()
    {
        foreach (var service in Services)
            service.Dispose();
        Trace.Dispose();
        s_current = null;
    }
}
