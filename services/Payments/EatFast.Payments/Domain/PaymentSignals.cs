namespace EatFast.Payments.Domain;

/// <summary>What an attempt's course means for its payment.</summary>
public sealed partial class Payment
{
    /// <summary>The caller sends it itself; should it die, the charge is asked about.</summary>
    public void Claim(Attempt collect, DateTimeOffset now)
    {
        collect.Claim(now);
        Change(Status, now);
    }

    public void Accept(Attempt attempt, SendResult answer, DateTimeOffset nextLook, DateTimeOffset now)
    {
        // A webhook that came before the answer says that it is worth asking at once.
        attempt.Accepted(answer.Reference!, attempt.HintedReference is null ? nextLook : now);
        Follow(attempt, attempt.IsOpen ? PaymentStatus.Processing : Status, now);
    }

    public void PutBack(Attempt attempt, DateTimeOffset nextTry, DateTimeOffset now)
    {
        attempt.PutBack(nextTry);
        Follow(attempt, PaymentStatus.Pending, now);
    }

    public void Lose(Attempt attempt, string reason, DateTimeOffset? nextLook, DateTimeOffset now)
    {
        attempt.Lost(reason, nextLook);
        Follow(attempt, attempt.IsOpen ? PaymentStatus.Processing : Status, now);
    }

    public void UseNextKey(Attempt attempt, int spentKey, DateTimeOffset? nextLook, DateTimeOffset now)
    {
        attempt.UseNextKey(spentKey, nextLook, now);
        Follow(attempt, attempt.IsOpen ? PaymentStatus.Processing : Status, now);
    }

    public void Expire(Attempt attempt, DateTimeOffset? nextLook, DateTimeOffset now)
    {
        attempt.Expire(nextLook);
        Follow(attempt, PaymentStatus.Expired, now);
    }

    /// <summary>True when the customer has to be told; a refund that failed for certain is tried again, with a new reference.</summary>
    public bool Fail(Attempt attempt, string reason, DateTimeOffset now)
    {
        attempt.Fail(reason, now);
        if (!attempt.IsCollect)
            TryRefundAgain(attempt, now);
        return Follow(attempt, PaymentStatus.Failed, now, reason);
    }

    /// <summary>The owner has it, or will certainly not get it this way.</summary>
    public void EndPayout(Attempt payout, string? reference, string? failure, DateTimeOffset now)
    {
        if (reference is not null)
            payout.Complete(reference, now);
        else
            payout.Fail(failure ?? "PROVIDER_FAILED", now);
        (Reason, CompletedAt) = (failure, reference is null ? null : now);
        Change(reference is null ? PaymentStatus.Failed : PaymentStatus.Completed, now);
    }

    /// <summary>True when the order is paid by this, however late; false when it has stopped or is paid otherwise: the money goes back.</summary>
    public bool Receive(Attempt collect, string reference, DateTimeOffset now)
    {
        collect.Complete(reference, now);
        if (StoppedAs is null && CompletedAt is null && Status != PaymentStatus.Authorized)
        {
            (Method, Reason, CompletedAt) = (collect.Provider, null, now);
            Change(PaymentStatus.Completed, now);
            return true;
        }
        AddRefund(collect, now, now);
        Change(Status, now);
        return false;
    }

    /// <summary>Another amount than asked for pays nothing and goes back; true when the customer has to be told.</summary>
    public bool ReceiveOther(Attempt collect, string reference, long movedXaf, DateTimeOffset now)
    {
        collect.CompleteOtherwise(reference, movedXaf, now);
        AddRefund(collect, now, now);
        return Follow(collect, PaymentStatus.Failed, now, collect.Reason);
    }

    // Only the newest collect of a payment that is still wanted speaks for the payment, and none does once cash was agreed.
    private bool Follow(Attempt attempt, string status, DateTimeOffset now, string? reason = null)
    {
        var speaks = attempt.IsCollect && StoppedAs is null && CompletedAt is null && Status != PaymentStatus.Authorized
            && attempt == _attempts.FindAll(other => other.IsCollect).MaxBy(other => other.CreatedAt);
        Reason = speaks ? reason : Reason;
        Change(speaks ? status : Status, now);
        return speaks;
    }
}
