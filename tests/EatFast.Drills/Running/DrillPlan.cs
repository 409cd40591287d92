namespace EatFast.Drills.Running;

/// <summary>How long and how often: the short form fits into a test run, the release form into a night.</summary>
internal sealed record DrillPlan
{
    public double Rate { get; init; } = 2;
    public int Seed { get; init; } = 1;
    /// <summary>A missed limit of time is told, and fails nothing.</summary>
    public bool IsLenient { get; init; }
    /// <summary>Undisturbed load before and after the fault, to compare with.</summary>
    public TimeSpan Before { get; init; } = TimeSpan.FromSeconds(5);
    public TimeSpan After { get; init; } = TimeSpan.FromSeconds(3);
    /// <summary>How long a store stays away when it is held down.</summary>
    public TimeSpan Outage { get; init; } = TimeSpan.FromSeconds(8);
    public int Kills { get; init; } = 1;
    public int StoreKills { get; init; } = 1;
    public int HitsPerFailpoint { get; init; } = 1;
    public int Freezes { get; init; } = 1;
    public TimeSpan Disturbed { get; init; } = TimeSpan.FromSeconds(15);
    public int Disturbances { get; init; } = 100;
    public int Poisons { get; init; } = 1;
    public int Exhaustions { get; init; } = 1;
    public int KeyRaces { get; init; } = 3;
    public int EndRaces { get; init; } = 40;
    public int JobRaces { get; init; } = 4;
    public int Payments { get; init; } = 40;
    public TimeSpan QuiesceLimit { get; init; } = TimeSpan.FromSeconds(120);
    /// <summary>Nothing has changed for so long: waiting on would not help.</summary>
    public TimeSpan StuckLimit { get; init; } = TimeSpan.FromSeconds(60);

    public static DrillPlan Short { get; } = new();

    public static DrillPlan Release { get; } = new()
    {
        Rate = 20,
        Before = TimeSpan.FromSeconds(30),
        After = TimeSpan.FromSeconds(30),
        Outage = TimeSpan.FromSeconds(60),
        Kills = 50,
        StoreKills = 30,
        HitsPerFailpoint = 20,
        Freezes = 60,
        Disturbed = TimeSpan.FromMinutes(20),
        Disturbances = 20_000,
        Poisons = 5,
        Exhaustions = 10,
        KeyRaces = 100,
        EndRaces = 4_500,
        JobRaces = 400,
        Payments = 20_000
    };
}
