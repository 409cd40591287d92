using EatFast.Messaging;
using EatFast.Payments.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments;

/// <summary>Turns each answer of the provider into attempt and payment state, bookings and events, in one transaction.</summary>
internal sealed class AttemptResults(PaymentsDbContext db, PollSchedule schedule, TimeProvider clock, ILogger<AttemptResults> logger)
{
    private static readonly TimeSpan SendAgainAfter = TimeSpan.FromSeconds(5);

    public Task StoreAsync(Attempt sent, SendResult result, CancellationToken ct) => ChangeAsync(sent, (payment, attempt, now) =>
    {
        switch (result.Outcome)
        {
            case SendOutcome.Accepted:
                payment.Accept(attempt, result.Reference!, now + schedule.First, now);
                break;
            case SendOutcome.NotSent when now < attempt.ExpiresAt || !attempt.IsCollect:
                payment.PutBack(attempt, now + SendAgainAfter, now);
                break;
            case SendOutcome.Unknown when attempt.IsCollect ? Defect.Is("new-provider-reference") : Defect.Is("refund-not-keyed"):
                payment.PutBack(attempt, now, now);
                db.Entry(attempt).Property(row => row.ExternalReference).CurrentValue = Guid.NewGuid().ToString();
                break;
            case SendOutcome.Unknown:
            case SendOutcome.Refused when attempt.MayHaveMoved:
                payment.Lose(attempt, result.Reason ?? "NO_ANSWER", schedule.Next(attempt, now), now);
                break;
            default:
                Fail(payment, attempt, result.Reason ?? "PROVIDER_UNAVAILABLE", now);
                break;
        }
    }, ct);

    /// <param name="asked">The attempt as it was when the provider was asked.</param>
    /// <param name="reference">The reference the question was about; unproven when a webhook named it.</param>
    /// <param name="state">The answer; null when there was none.</param>
    /// <param name="ct">Stops it.</param>
    public Task StoreAsync(Attempt asked, string? reference, ProviderState? state, CancellationToken ct) =>
        ChangeAsync(asked, (payment, attempt, now) => Judge(payment, attempt, reference, state, now), ct);

    private void Judge(Payment payment, Attempt attempt, string? reference, ProviderState? state, DateTimeOffset now)
    {
        var isOurs = state is not null && state.ExternalReference == attempt.ExternalReference;
        if (state is not null && !isOurs && reference == attempt.ProviderReference)
            Distrust(payment, attempt, state, now);
        else if (state is null || !isOurs)
            KeepLooking(payment, attempt, null, now);
        else if (state.Status == ProviderState.Failed)
            Fail(payment, attempt, state.Reason ?? "PROVIDER_FAILED", now);
        else if (state.Status != ProviderState.Successful)
            KeepLooking(payment, attempt, reference, now);
        else if (state.AmountXaf != attempt.AmountXaf || state.Currency != "XAF")
            Distrust(payment, attempt, state, now);
        else
            Succeed(payment, attempt, reference!, now);
    }

    private async Task ChangeAsync(Attempt seen, Action<Payment, Attempt, DateTimeOffset> change, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM payments.payments WHERE id = {seen.PaymentId} FOR UPDATE", ct);
        var payment = await db.Payments.Include(row => row.Attempts).SingleAsync(row => row.Id == seen.PaymentId, ct);
        var attempt = payment.Attempts.Single(row => row.Id == seen.Id);
        if (attempt.IsFinal)
            return;
        change(payment, attempt, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private void KeepLooking(Payment payment, Attempt attempt, string? provenReference, DateTimeOffset now)
    {
        var next = schedule.Next(attempt, now);
        var hasReference = (attempt.ProviderReference ?? provenReference) is not null;
        if (attempt.IsUnheardRefund && !hasReference && next is not null)
        {
            // CamPay keeps a reference unique, so money that did move is not moved again by this.
            attempt.SendAgain(now);
            return;
        }
        if (attempt.IsCollect && attempt.IsOpen && now >= attempt.ExpiresAt)
            payment.Expire(attempt, next, now);
        else if (!hasReference && attempt.Status == AttemptStatus.Sending)
            payment.Lose(attempt, "NO_ANSWER", next, now);
        else
            attempt.LookAgain(provenReference, next);
        if (next is null)
            logger.LogError("Attempt {AttemptId} has no outcome after a day: a person has to ask the provider", attempt.Id);
    }

    private void Distrust(Payment payment, Attempt attempt, ProviderState state, DateTimeOffset now)
    {
        logger.LogError(
            "Attempt {AttemptId} expected {Expected} XAF, but CamPay tells {Amount} {Currency} for {Reference}: a person has to decide",
            attempt.Id, attempt.AmountXaf, state.AmountXaf, state.Currency, state.ExternalReference);
        if (attempt.IsOpen)
            payment.Lose(attempt, "PROVIDER_MISMATCH", now >= attempt.ExpiresAt ? null : attempt.ExpiresAt, now);
        else
            attempt.LookAgain(null, null);
    }

    private void Fail(Payment payment, Attempt attempt, string reason, DateTimeOffset now)
    {
        if (payment.Fail(attempt, reason, now))
            db.Announce(new PaymentFailed(payment.Id, payment.OrderId, payment.Method, reason, now), payment.OrderId, now);
        else if (!attempt.IsCollect)
            logger.LogError("Refund {AttemptId}, try {Try}, failed: {Reason}", attempt.Id, attempt.Try, reason);
    }

    private void Succeed(Payment payment, Attempt attempt, string reference, DateTimeOffset now)
    {
        if (attempt.IsCollect)
        {
            db.Add(LedgerEntry.Captured(payment, attempt, now));
            if (payment.Receive(attempt, reference, now))
                db.Announce(
                    new PaymentSucceeded(payment.Id, payment.OrderId, payment.Method, payment.AmountXaf, now), payment.OrderId, now);
            return;
        }
        db.Add(LedgerEntry.Refunded(payment, attempt, now));
        if (payment.Return(attempt, reference, now))
            db.Announce(
                new RefundIssued(attempt.Id, payment.Id, payment.OrderId, attempt.AmountXaf, payment.RefundedXaf == payment.AmountXaf, now),
                payment.OrderId,
                now);
    }
}
