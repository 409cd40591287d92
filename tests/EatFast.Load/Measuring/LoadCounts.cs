namespace EatFast.Load;

/// <summary>What became of the orders so far, and of the calls they were made of.</summary>
public sealed record LoadCounts
{
    /// <summary>Begun by the schedule.</summary>
    public int Offered { get; init; }

    /// <summary>Not begun, because too many were under way.</summary>
    public int Shed { get; init; }

    /// <summary>Placed: answered with 2xx.</summary>
    public int Accepted { get; init; }

    public int Delivered { get; init; }

    public int Cancelled { get; init; }

    public int Rejected { get; init; }

    /// <summary>Given up by their people: refused, or nothing happened for too long; see <see cref="LoadRun.Troubles"/>.</summary>
    public int Abandoned { get; init; }

    public int UnderWay { get; init; }

    /// <summary>Attempts sent, of all calls.</summary>
    public long Attempts => ByStatus.Values.Sum();

    /// <summary>Attempts that repeat an earlier one with the same key.</summary>
    public long Retries { get; init; }

    /// <summary>Attempts by HTTP status; 0 stands for no answer (refused connection, broken connection, timeout).</summary>
    public required IReadOnlyDictionary<int, long> ByStatus { get; init; }

    /// <summary>Reached an end: delivered, cancelled or rejected.</summary>
    public int Ended => Delivered + Cancelled + Rejected;
}

/// <summary>How long a call took, from when it was due until its last successful attempt was answered.</summary>
public sealed record CallSummary(
    string Call, long Count, long Failed, double MeanMs, double P50Ms, double P90Ms, double P99Ms, double P999Ms, double MaxMs);

/// <summary>One second of the run.</summary>
public sealed record LoadSecond(int Second, int Placed, int Ended, int Attempts, int Failed, double P50Ms, double P99Ms);
