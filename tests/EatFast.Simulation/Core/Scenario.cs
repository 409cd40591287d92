namespace EatFast.Simulation.Core;

/// <summary>Mistakes put in on purpose, to see that the simulation notices them.</summary>
internal enum Sabotage
{
    None,
    /// <summary>Consumers run without the inbox.</summary>
    NoInbox,
    /// <summary>A message is confirmed to the broker before its handler has saved anything.</summary>
    AckBeforeCommit,
    /// <summary>The relay is told "published" while the message is still on its way.</summary>
    MarkBeforeConfirm,
    /// <summary>A charge whose answer got lost is sent again, under a new reference.</summary>
    NewProviderReference,
    /// <summary>A refund whose answer got lost is sent again, under a new reference.</summary>
    RefundNotKeyed
}

/// <summary>What is simulated: the seed decides everything that these figures leave open.</summary>
/// <param name="Seed">Same seed, same run.</param>
/// <param name="Orders">How many orders are placed; null leaves it to the seed.</param>
/// <param name="Span">Over how long they are placed.</param>
/// <param name="IsDay">An ordinary day: many orders, many drivers, few faults.</param>
/// <param name="Sabotage">A mistake put in on purpose.</param>
/// <param name="KeptLines">How much of the trace is kept for the reader.</param>
internal sealed record Scenario(
    int Seed, int? Orders = null, TimeSpan? Span = null, bool IsDay = false, Sabotage Sabotage = Sabotage.None, int KeptLines = 200)
{
    public static Scenario Day(int seed, int orders) => new(seed, orders, TimeSpan.FromHours(18), IsDay: true);
}
