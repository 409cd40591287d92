namespace EatFast.Payments.Domain;

/// <summary>What a signal about an attempt came to, in the one word that others may have to hear.</summary>
public enum Said
{
    Nothing,
    Paid,
    Failed,
    Refunded,
    /// <summary>The money of an order that goes on went back: a charge beside its payment.</summary>
    SurplusReturned,
    RefundFailed,
    PaidOut,
    PayoutFailed,
    Mismatch,
    GivenUp
}

/// <summary>The booking and the word that follow from a signal; both are saved with the state or not at all.</summary>
public readonly record struct CourseStep(Said Said, LedgerEntry? Entry = null);

/// <summary>
/// The state machine of an attempt and its payment: answers, webhooks, polls and the payer's return may come in any order, any number of
/// times or never, and end in the same state. Only the provider's own word about our own reference moves money here.
/// </summary>
public sealed class AttemptCourse(PollSchedule schedule)
{
    private static readonly TimeSpan SendAgainAfter = TimeSpan.FromSeconds(5);

    /// <summary>The provider has answered the call that moves money, or has not.</summary>
    public CourseStep Sent(Payment payment, Attempt attempt, SendResult result, DateTimeOffset now)
    {
        if (attempt.IsFinal)
            return default;
        switch (result.Outcome)
        {
            case SendOutcome.Accepted:
                payment.Accept(attempt, result, now + schedule.First, now);
                return default;
            case SendOutcome.NotSent when now < schedule.StopsSending(attempt, payment.BegunAt(attempt)):
                payment.PutBack(attempt, now + SendAgainAfter, now);
                return default;
            case SendOutcome.KeySpent when attempt.IsCollect || now < schedule.StopsSending(attempt, payment.BegunAt(attempt)):
                payment.UseNextKey(attempt, result.SpentKey, schedule.Next(attempt, now), now);
                return default;
            case SendOutcome.Unknown or SendOutcome.KeySpent:
            case SendOutcome.Refused or SendOutcome.NotSent when attempt.MayHaveMoved:
                payment.Lose(attempt, result.Reason ?? "NO_ANSWER", schedule.Next(attempt, now), now);
                return default;
            default:
                return Fail(payment, attempt, result.Reason ?? "PROVIDER_UNAVAILABLE", now);
        }
    }

    /// <summary>
    /// The provider was asked; the reference is unproven when a webhook or a statement named it, the answer null without one: because
    /// there was nothing to ask about, or because it was unanswered.
    /// </summary>
    public CourseStep Told(
        Payment payment, Attempt attempt, string? reference, ProviderState? state, DateTimeOffset now, bool wasUnanswered = false)
    {
        if (attempt.IsFinal)
            return default;
        var isOurs = state is not null && state.ExternalReference == attempt.ExternalReference;
        if (state is not null && !isOurs && reference == attempt.ProviderReference)
            return KeepLooking(payment, attempt, null, now) with { Said = Said.Mismatch };
        if (state is null || !isOurs)
            return KeepLooking(payment, attempt, null, now, wasUnanswered);
        if (state.Status == ProviderState.Failed)
            return Fail(payment, attempt, state.Reason ?? "PROVIDER_FAILED", now);
        if (state.Status != ProviderState.Successful)
            return KeepLooking(payment, attempt, reference, now);
        if (state.Currency != "XAF" || state.AmountXaf is not > 0 || (!attempt.IsCollect && state.AmountXaf != attempt.AmountXaf))
            return KeepLooking(payment, attempt, reference, now) with { Said = Said.Mismatch };
        return Succeed(payment, attempt, reference!, state.AmountXaf.Value, now);
    }

    private CourseStep KeepLooking(Payment payment, Attempt attempt, string? provenReference, DateTimeOffset now, bool wasUnanswered = false)
    {
        var next = schedule.Next(attempt, now, wasUnanswered);
        var hasReference = (attempt.ProviderReference ?? provenReference) is not null;
        if (attempt.IsUnheardRefund && !hasReference && next is not null)
        {
            // The provider keeps a reference unique, so money that did move is not moved again by this.
            attempt.SendAgain(now);
            return default;
        }
        if (attempt is { IsCollect: true, IsOpen: true } && now >= attempt.ExpiresAt)
            payment.Expire(attempt, next, now);
        else if (!hasReference && attempt.Status == AttemptStatus.Sending)
            payment.Lose(attempt, "NO_ANSWER", next, now);
        else
            attempt.LookAgain(provenReference, next);
        return new CourseStep(next is null ? Said.GivenUp : Said.Nothing);
    }

    private static CourseStep Fail(Payment payment, Attempt attempt, string reason, DateTimeOffset now)
    {
        if (attempt.IsPayout)
        {
            payment.EndPayout(attempt, null, reason, now);
            return new CourseStep(Said.PayoutFailed);
        }
        if (payment.Fail(attempt, reason, now))
            return new CourseStep(Said.Failed);
        if (attempt.IsCollect)
            return default;
        if (!payment.IsGivenUp(attempt))
            return new CourseStep(Said.RefundFailed);
        var entry = Bookings.RefundedToWallet(payment, attempt.Id, attempt.AmountXaf, now);
        return new CourseStep(payment.ReturnToWallet(attempt, now) ? Said.Refunded : Said.SurplusReturned, entry);
    }

    private static CourseStep Succeed(Payment payment, Attempt attempt, string reference, long movedXaf, DateTimeOffset now)
    {
        if (attempt.IsPayout)
        {
            payment.EndPayout(attempt, reference, null, now);
            return new CourseStep(Said.PaidOut, OwnerBookings.Sent(payment, attempt, now));
        }
        if (!attempt.IsCollect)
        {
            var isOwn = payment.Return(attempt, reference, now);
            return new CourseStep(isOwn ? Said.Refunded : Said.SurplusReturned, Bookings.Refunded(payment, attempt, now));
        }
        if (movedXaf == attempt.AmountXaf)
        {
            var pays = payment.Receive(attempt, reference, now);
            return new CourseStep(pays ? Said.Paid : Said.Nothing, Bookings.Captured(payment, attempt, pays, now));
        }
        // It moved all the same: it is booked as what it is, and goes back.
        var isHeard = payment.ReceiveOther(attempt, reference, movedXaf, now);
        return new CourseStep(isHeard ? Said.Failed : Said.Mismatch, Bookings.Captured(payment, attempt, false, now));
    }
}
