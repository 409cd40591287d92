namespace EatFast.Payments.Domain;

/// <summary>Where a charge comes from: a provider, and for mobile money the sealed number and its carrier.</summary>
public sealed record Purse(string Provider, string? SealedPhone = null, string? Operator = null);

/// <summary>A refund that somebody asked for, by an id that makes it happen once.</summary>
public sealed record RefundWish(Guid Id, long AmountXaf);

/// <summary>
/// One movement of money at the provider, under a reference that is stored before the provider hears of it.
/// It is sent at most once: a lost answer makes it unknown, and only the provider's word ends it.
/// </summary>
public sealed class Attempt
{
    private Attempt()
    {
    }

    public Guid Id { get; private init; }
    public Guid PaymentId { get; private init; }
    public string Kind { get; private init; } = "";
    public string Provider { get; private init; } = PaymentMethods.CamPay;
    public string Status { get; private set; } = AttemptStatus.Created;
    public long AmountXaf { get; private init; }
    /// <summary>What the payer really sent, when it is not what was asked for.</summary>
    public long? MovedXaf { get; private set; }
    public string ExternalReference { get; private init; } = "";
    /// <summary>Under which of its keys a provider hears of it that keeps its answers, failures too; stored before the call.</summary>
    public int KeyNumber { get; private set; } = 1;
    public string? ProviderReference { get; private set; }
    /// <summary>What an unproven webhook said the provider's reference is.</summary>
    public string? HintedReference { get; private set; }
    public string? Operator { get; private init; }
    public string? SealedPhone { get; private init; }
    public Guid? RefundOf { get; private init; }
    /// <summary>What the refund was asked for by; without it, the whole charge goes back by itself.</summary>
    public Guid? RefundId { get; private init; }
    public int Try { get; private init; } = 1;
    public string? Reason { get; private set; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset ExpiresAt { get; private init; }
    public DateTimeOffset? EndedAt { get; private set; }
    public DateTimeOffset? DueAt { get; private set; }
    public int Version { get; private set; }

    public string Key => KeyNumber == 1 ? ExternalReference : $"{ExternalReference}-{KeyNumber}";

    public bool IsCollect => Kind == AttemptKind.Collect;

    public bool IsPayout => Kind == AttemptKind.Payout;

    public bool IsFinal => Status is AttemptStatus.Completed or AttemptStatus.Failed;

    public bool IsOpen => !IsFinal && Status != AttemptStatus.Expired;

    /// <summary>The provider named nothing to ask about; sent again under the same reference it still moves money once.</summary>
    public bool IsUnheardRefund => !IsCollect && ProviderReference is null && Status is AttemptStatus.Sending or AttemptStatus.Unknown
        && Reason != ProviderAnswers.KnownThere;

    /// <summary>What a completed charge brought in.</summary>
    public long BroughtXaf => MovedXaf ?? AmountXaf;

    /// <summary>An earlier copy got no answer, so that a refusal of this one proves nothing.</summary>
    public bool MayHaveMoved => !IsCollect && Reason is not null;

    internal static Attempt Collect(Guid id, Payment payment, Purse from, DateTimeOffset now, TimeSpan lifetime) => new()
    {
        Id = id,
        PaymentId = payment.Id,
        Kind = AttemptKind.Collect,
        Provider = from.Provider,
        AmountXaf = payment.AmountXaf,
        ExternalReference = Guid.NewGuid().ToString(),
        Operator = from.Operator,
        SealedPhone = from.SealedPhone,
        CreatedAt = now,
        ExpiresAt = now + lifetime,
        DueAt = now
    };

    internal static Attempt Refund(Attempt collect, int number, DateTimeOffset now, DateTimeOffset due, RefundWish? wish = null) => new()
    {
        Id = Guid.CreateVersion7(now),
        PaymentId = collect.PaymentId,
        Kind = AttemptKind.Refund,
        Provider = collect.Provider == PaymentMethods.NouPay ? PaymentMethods.CamPay : collect.Provider,
        AmountXaf = wish?.AmountXaf ?? collect.BroughtXaf,
        ExternalReference = Guid.NewGuid().ToString(),
        Operator = collect.Operator,
        RefundOf = collect.Id,
        RefundId = wish?.Id,
        Try = number,
        CreatedAt = now,
        ExpiresAt = now + (collect.ExpiresAt - collect.CreatedAt),
        DueAt = due
    };

    internal static Attempt PayOut(Payment payment, Payout payout, DateTimeOffset now, TimeSpan lifetime) => new()
    {
        // The number was sealed for this id.
        Id = payout.Id,
        PaymentId = payment.Id,
        Kind = AttemptKind.Payout,
        AmountXaf = payout.AmountXaf,
        ExternalReference = Guid.NewGuid().ToString(),
        Operator = payout.Operator,
        SealedPhone = payout.SealedPhone,
        CreatedAt = now,
        ExpiresAt = now + lifetime,
        DueAt = now
    };

    internal void Claim(DateTimeOffset now)
    {
        if (ProviderReference is null)
            Change(AttemptStatus.Sending, now + TimeSpan.FromSeconds(30));
    }

    internal void Accepted(string reference, DateTimeOffset nextLook) =>
        Change(Status == AttemptStatus.Expired ? Status : AttemptStatus.Processing, nextLook, ProviderReference ?? reference);

    internal void PutBack(DateTimeOffset nextTry) => Change(AttemptStatus.Created, nextTry);

    internal void Lost(string reason, DateTimeOffset? nextLook)
    {
        Reason = reason;
        Change(Status == AttemptStatus.Expired ? Status : AttemptStatus.Unknown, nextLook);
    }

    /// <summary>Who used the same key beside us may have taken the next one already, or have got an answer. A charge waits for its payer to ask again.</summary>
    internal void UseNextKey(int spentKey, DateTimeOffset? nextLook, DateTimeOffset now)
    {
        if (KeyNumber != spentKey || ProviderReference is not null)
            return;
        KeyNumber++;
        Reason ??= "ANSWER_KEPT";
        if (IsCollect)
            Change(Status == AttemptStatus.Expired ? Status : AttemptStatus.Unknown, nextLook);
        else
            Change(AttemptStatus.Created, now);
    }

    internal void Expire(DateTimeOffset? nextLook) => Change(AttemptStatus.Expired, nextLook);

    internal void Fail(string reason, DateTimeOffset now)
    {
        Reason = reason;
        End(AttemptStatus.Failed, now);
    }

    internal void CompleteOtherwise(string reference, long movedXaf, DateTimeOffset now)
    {
        Complete(reference, now);
        (MovedXaf, Reason) = (movedXaf, "AMOUNT_MISMATCH");
    }

    internal void Complete(string reference, DateTimeOffset now)
    {
        Reason = null;
        ProviderReference = reference;
        End(AttemptStatus.Completed, now);
    }

    public void SendAgain(DateTimeOffset now)
    {
        Reason ??= "NO_ANSWER";
        Change(AttemptStatus.Created, now);
    }

    /// <summary>Nothing new: the same state is looked at again later.</summary>
    public void LookAgain(string? provenReference, DateTimeOffset? nextLook) =>
        Change(Status, nextLook, ProviderReference ?? provenReference);

    private void End(string status, DateTimeOffset now)
    {
        EndedAt = now;
        Change(status, null);
    }

    private void Change(string status, DateTimeOffset? due, string? reference = null)
    {
        Status = status;
        DueAt = due;
        HintedReference = null;
        ProviderReference = reference ?? ProviderReference;
        Version++;
    }
}
