namespace EatFast.Simulation.Core;

/// <summary>How rough this seed is: probabilities and the boundaries at which a process dies, all drawn once at the start.</summary>
internal sealed class Faults
{
    private readonly World _world;
    private readonly HashSet<long> _crashes = [];
    private readonly double _lostStatement;
    private readonly double _stall;
    private readonly double _shortPause;
    private long _boundaries;

    public Faults(World world)
    {
        _world = world;
        var (random, isDay) = (world.Random, world.Scenario.IsDay);
        var roughness = isDay ? 0.02 : random.NextDouble() * random.NextDouble();
        var crashes = isDay ? 20 : random.Next(0, 5);
        var range = isDay ? 300_000 : 400;
        for (var i = 0; i < crashes; i++)
            _crashes.Add(random.Next(1, range));
        _shortPause = isDay ? 0.1 : 0.5;
        _stall = 0.01 * roughness;
        _lostStatement = 0.02 * roughness;
        LostPublish = 0.15 * roughness;
        LostAnswer = 0.3 * roughness;
        Duplicate = 0.4 * roughness;
        LateMessage = 0.3 * roughness;
        ProviderTrouble = 0.8 * roughness;
    }

    public double LostPublish { get; }

    public double LostAnswer { get; }

    public double Duplicate { get; }

    public double LateMessage { get; }

    public double ProviderTrouble { get; }

    public long Boundaries => _boundaries;

    /// <summary>True when the process that reached this boundary dies here.</summary>
    public bool KillsHere() => _crashes.Contains(++_boundaries) && !_world.City.IsClosed;

    public bool LosesStatement() => !_world.City.IsClosed && _world.Chance(_lostStatement);

    /// <summary>How long the step takes: mostly next to nothing, at times long enough to outlive a lease.</summary>
    public TimeSpan Pause()
    {
        if (_world.Chance(_stall))
            return _world.Between(1, 90);
        return _world.Chance(_shortPause) ? _world.Between(0.000, 0.008) : TimeSpan.Zero;
    }
}
