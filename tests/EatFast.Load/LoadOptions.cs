namespace EatFast.Load;

/// <summary>What a load run does, against which system. Two runs with the same seed make the same choices in the same order.</summary>
public sealed record LoadOptions
{
    public required Uri Gateway { get; init; }

    /// <summary>An owner's connection to the database, to approve the drivers that register; without it, two demo drivers.</summary>
    public string? Database { get; init; }

    /// <summary>Orders begun per second, however slow the answers; null for as fast as <see cref="Concurrency"/> customers go.</summary>
    public double? Rate { get; init; }

    /// <summary>How many customers order at a time when there is no rate.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>How long new orders are begun; null for until the number of orders is reached or the run is stopped.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How many orders are begun; null for no limit.</summary>
    public int? Orders { get; init; }

    public int Seed { get; init; } = 1;

    public int Customers { get; init; } = 24;

    public int Drivers { get; init; } = 16;

    public LoadMix Mix { get; init; } = new();

    /// <summary>Where the journal is written; null for none. An existing file is continued.</summary>
    public string? Journal { get; init; }

    /// <summary>How long one call is repeated, with the same key, while it meets outages.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one attempt of a call may take.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often people look whether what they wait for has happened, and for how long at most.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan LookFor { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Orders that are under way at a time; what would exceed it is counted as shed instead of begun.</summary>
    public int MostAtOnce { get; init; } = 4_000;

    /// <summary>A run against the system that wrote this endpoints.json.</summary>
    public static LoadOptions For(SystemEndpoints system) => new() { Gateway = system.Gateway, Database = system.Database };
}

/// <summary>Which share of the orders goes which way; what is left over is paid by mobile money and delivered.</summary>
public sealed record LoadMix
{
    /// <summary>Paid in cash at the door.</summary>
    public double Cash { get; init; } = 0.3;

    /// <summary>Cancelled by the customer right after it was placed.</summary>
    public double Cancelled { get; init; } = 0.02;

    /// <summary>Refused by the kitchen after it was paid, which means a refund.</summary>
    public double Rejected { get; init; } = 0.02;

    /// <summary>The mobile-money charge fails, and the customer cancels.</summary>
    public double Unpaid { get; init; } = 0.02;

    /// <summary>Rated after the delivery, which completes the order; the others stay delivered.</summary>
    public double Rated { get; init; } = 0.5;

    /// <summary>Nobody browses, pays, cooks or delivers: orders are only placed.</summary>
    public bool PlaceOnly { get; init; }
}
