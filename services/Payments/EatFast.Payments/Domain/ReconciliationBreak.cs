namespace EatFast.Payments.Domain;

/// <summary>A mismatch of the books with its age and the one who has to clear it up; it ends when the books agree or by a decision.</summary>
public sealed class ReconciliationBreak
{
    private ReconciliationBreak()
    {
    }

    public Guid Id { get; private init; }
    public string Kind { get; private init; } = "";
    public string Provider { get; private init; } = "";
    public string Subject { get; private init; } = "";
    public Guid? PaymentId { get; private init; }
    public long ExpectedXaf { get; private set; }
    public long ActualXaf { get; private set; }
    public string Owner { get; private set; } = "";
    public string? Note { get; private set; }
    public DateTimeOffset FoundAt { get; private set; }
    public DateTimeOffset LastSeenAt { get; private set; }
    public DateTimeOffset? ResolvedAt { get; private set; }
    public string? Resolution { get; private set; }

    public static ReconciliationBreak Of(Mismatch mismatch, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Kind = mismatch.Kind,
        Provider = mismatch.Provider,
        Subject = mismatch.Subject,
        PaymentId = mismatch.PaymentId,
        ExpectedXaf = mismatch.ExpectedXaf,
        ActualXaf = mismatch.ActualXaf,
        Owner = mismatch.Kind is BreakKind.OrderDiffers or BreakKind.OrderUnknown ? "operations" : "finance",
        FoundAt = now,
        LastSeenAt = now
    };

    /// <summary>What somebody has decided stays decided.</summary>
    public void SeeAgain(Mismatch mismatch, DateTimeOffset now)
    {
        (ExpectedXaf, ActualXaf, LastSeenAt) = (mismatch.ExpectedXaf, mismatch.ActualXaf, now);
        if (Resolution == "agrees")
            (FoundAt, ResolvedAt, Resolution) = (now, null, null);
    }

    public void Agree(DateTimeOffset now) => (ResolvedAt, Resolution) = (now, "agrees");

    /// <summary>Somebody else has decided; the first end stays.</summary>
    public void Close(string resolution, DateTimeOffset now)
    {
        if (Resolution is null or "decided")
            (ResolvedAt, Resolution) = (ResolvedAt ?? now, resolution);
    }

    public void Assign(string? owner, string? note, bool isResolved, DateTimeOffset now)
    {
        Owner = owner ?? Owner;
        Note = note ?? Note;
        if (isResolved && ResolvedAt is null)
            (ResolvedAt, Resolution) = (now, "decided");
    }
}

/// <summary>One look at all books; the next one follows the orders from where this one ended.</summary>
public sealed class ReconciliationRun
{
    public required Guid Id { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset OrdersCheckedUntil { get; init; }
    public required int Movements { get; init; }
    public required int Orders { get; init; }
    public required int Breaks { get; init; }
}
