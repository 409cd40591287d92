using EatFast.Errors;

namespace EatFast.Payments.Domain;

/// <summary>A driver's cash on its way to us: the driver says how much it is, and who takes it counts it. What is short stays a debt.</summary>
public sealed class CashHandOver
{
    private CashHandOver()
    {
    }

    public Guid Id { get; private init; }
    public Guid DriverId { get; private init; }
    public long DeclaredXaf { get; private init; }
    public long? CountedXaf { get; private set; }
    public Guid? CountedBy { get; private set; }
    public string? Note { get; private set; }
    public DateTimeOffset DeclaredAt { get; private init; }
    public DateTimeOffset? CountedAt { get; private set; }
    public int Version { get; private set; }

    public long ShortXaf => DeclaredXaf - (CountedXaf ?? DeclaredXaf);

    public static CashHandOver Declare(Guid driverId, long declaredXaf, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        DriverId = driverId,
        DeclaredXaf = declaredXaf,
        DeclaredAt = now
    };

    /// <summary>Refuses with HANDOVER_COUNTED, and with CASH_COUNT_TOO_LARGE when more is there than was said.</summary>
    public void Count(long countedXaf, Guid by, string? note, DateTimeOffset now)
    {
        if (CountedAt is not null)
            throw new RuleViolatedException("HANDOVER_COUNTED");
        if (countedXaf > DeclaredXaf)
            throw new RuleViolatedException("CASH_COUNT_TOO_LARGE", ("declared", DeclaredXaf));
        (CountedXaf, CountedBy, Note, CountedAt) = (countedXaf, by, note, now);
        Version++;
    }
}
