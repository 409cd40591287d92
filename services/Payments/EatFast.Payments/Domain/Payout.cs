using EatFast.Errors;

namespace EatFast.Payments.Domain;

public static class PayoutStatus
{
    public const string AwaitingApproval = "awaiting_approval";
    public const string Approved = "approved";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Rejected = "rejected";

    /// <summary>A withdrawal in a wallet's history, in the clients' words: it is pending until the provider says that it arrived.</summary>
    public static string InHistory(string status) => status switch
    {
        Completed => "completed",
        Failed => "failed",
        Rejected => "cancelled",
        _ => "pending"
    };
}

/// <summary>Who is paid out, how much, and to which number; the number is sealed for the one movement that it is for.</summary>
public sealed record PayoutWish(string Account, Guid OwnerId, Guid RequestedBy, long AmountXaf, long FeeXaf, string? Description);

/// <summary>
/// Money that the ledger owes, on its way to its owner's phone. It is reserved when it is asked for; a large one waits for somebody
/// else than the one who asked.
/// </summary>
public sealed class Payout
{
    private Payout()
    {
    }

    public Guid Id { get; private init; }
    public string Account { get; private init; } = "";
    public Guid OwnerId { get; private init; }
    public Guid RequestedBy { get; private init; }
    public long AmountXaf { get; private init; }
    public long FeeXaf { get; private init; }
    public string SealedPhone { get; private init; } = "";
    public string Operator { get; private init; } = "";
    public string? Description { get; private init; }
    public string Status { get; private set; } = PayoutStatus.AwaitingApproval;
    public string? Reason { get; private set; }
    public Guid? DecidedBy { get; private set; }
    public DateTimeOffset RequestedAt { get; private init; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public int Version { get; private set; }

    public long TakenXaf => AmountXaf + FeeXaf;

    public bool IsOver => EndedAt is not null;

    public static Payout Request(Guid id, PayoutWish wish, string sealedPhone, string carrier, DateTimeOffset now) => new()
    {
        Id = id,
        Account = wish.Account,
        OwnerId = wish.OwnerId,
        RequestedBy = wish.RequestedBy,
        AmountXaf = wish.AmountXaf,
        FeeXaf = wish.FeeXaf,
        SealedPhone = sealedPhone,
        Operator = carrier,
        Description = wish.Description,
        RequestedAt = now
    };

    /// <summary>Small enough to need nobody's approval.</summary>
    public void ApproveItself(DateTimeOffset now) => Decide(PayoutStatus.Approved, null, null, now);

    /// <summary>Refuses with PAYOUT_NOT_WAITING and SECOND_ADMIN_NEEDED.</summary>
    public void Approve(Guid adminId, DateTimeOffset now)
    {
        RequireWaiting(adminId);
        Decide(PayoutStatus.Approved, adminId, null, now);
    }

    /// <summary>Refuses with PAYOUT_NOT_WAITING.</summary>
    public void Reject(Guid adminId, string reason, DateTimeOffset now)
    {
        RequireWaiting(null);
        Decide(PayoutStatus.Rejected, adminId, reason, now);
        EndedAt = now;
    }

    public void Complete(DateTimeOffset now) => End(PayoutStatus.Completed, null, now);

    public void Fail(string reason, DateTimeOffset now) => End(PayoutStatus.Failed, reason, now);

    private void RequireWaiting(Guid? approver)
    {
        if (Status != PayoutStatus.AwaitingApproval)
            throw new RuleViolatedException("PAYOUT_NOT_WAITING");
        if (approver == RequestedBy)
            throw new RuleViolatedException("SECOND_ADMIN_NEEDED");
    }

    private void Decide(string status, Guid? by, string? reason, DateTimeOffset now)
    {
        (Status, DecidedBy, Reason, DecidedAt) = (status, by, reason, now);
        Version++;
    }

    private void End(string status, string? reason, DateTimeOffset now)
    {
        (Status, Reason, EndedAt) = (status, reason, now);
        Version++;
    }
}
