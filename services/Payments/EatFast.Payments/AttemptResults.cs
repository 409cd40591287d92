using EatFast.Messaging;
using EatFast.Payments.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments;

/// <summary>Saves what a provider's answer came to: attempt, payment, booking and event, at once and under the payment's lock.</summary>
internal sealed class AttemptResults(
    PaymentsDbContext db, AttemptCourse course, Failover failover, TimeProvider clock, ILogger<AttemptResults> logger)
{
    public Task StoreAsync(Attempt sent, SendResult result, CancellationToken ct) => ChangeAsync(sent, (payment, attempt, now) =>
    {
        if (result.Outcome == SendOutcome.Unknown && Defect.Is(attempt.IsCollect ? "new-provider-reference" : "refund-not-keyed"))
        {
            payment.PutBack(attempt, now, now);
            db.Entry(attempt).Property(row => row.ExternalReference).CurrentValue = Guid.NewGuid().ToString();
            return default;
        }
        return course.Sent(payment, attempt, result, now);
    }, ct);

    /// <param name="asked">The attempt as it was when the provider was asked.</param>
    /// <param name="reference">The reference the question was about; unproven when a webhook or a statement named it.</param>
    /// <param name="state">The answer; null when there was none.</param>
    /// <param name="wasUnanswered">The provider was asked, for the state or the reference, and did not answer.</param>
    /// <param name="ct">Stops it.</param>
    public Task StoreAsync(Attempt asked, string? reference, ProviderState? state, bool wasUnanswered, CancellationToken ct) =>
        ChangeAsync(asked, (payment, attempt, now) => course.Told(payment, attempt, reference, state, now, wasUnanswered), ct);

    private async Task ChangeAsync(Attempt seen, Func<Payment, Attempt, DateTimeOffset, CourseStep> change, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM payments.payments WHERE id = {seen.PaymentId} FOR UPDATE", ct);
        var payment = await db.Payments.Include(row => row.Attempts).SingleAsync(row => row.Id == seen.PaymentId, ct);
        var attempt = payment.Attempts.Single(row => row.Id == seen.Id);
        if (attempt.IsFinal)
            return;
        var now = clock.GetUtcNow();
        var step = change(payment, attempt, now);
        if (step.Entry is { } entry)
            db.Add(entry);
        if (attempt.IsPayout && attempt.IsFinal)
            await EndPayoutAsync(attempt, now, ct);
        if (step.Said == Said.Failed && failover.TryGoOn(payment, attempt, now))
            logger.LogWarning(
                "Attempt {AttemptId} at {Provider} is dead ({Reason}), another one goes on", attempt.Id, attempt.Provider, attempt.Reason);
        else
            Tell(payment, attempt, step.Said, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private async Task EndPayoutAsync(Attempt attempt, DateTimeOffset now, CancellationToken ct)
    {
        var payout = await db.Payouts.SingleAsync(row => row.Id == attempt.Id, ct);
        if (attempt.Status == AttemptStatus.Completed)
        {
            payout.Complete(now);
            return;
        }
        payout.Fail(attempt.Reason!, now);
        db.Add(OwnerBookings.Returned(payout, now));
    }

    private void Tell(Payment payment, Attempt attempt, Said said, DateTimeOffset now)
    {
        switch (said)
        {
            case Said.Paid or Said.Failed or Said.Refunded when payment.IsTopUp:
                logger.LogInformation("Top-up {PaymentId}: {Said}", payment.Id, said);
                break;
            case Said.Paid:
                Announce(new PaymentSucceeded(payment.Id, payment.OrderId, payment.Method, payment.AmountXaf, now));
                break;
            case Said.Failed:
                Announce(new PaymentFailed(payment.Id, payment.OrderId, payment.Method, attempt.Reason ?? "PROVIDER_FAILED", now));
                break;
            case Said.Refunded:
                var isFull = payment.RefundedXaf == payment.AmountXaf;
                Announce(new RefundIssued(attempt.Id, payment.Id, payment.OrderId, attempt.AmountXaf, isFull, now));
                break;
            case Said.Mismatch:
                logger.LogError(
                    "Attempt {AttemptId} of {Amount} XAF is not what {Provider} tells of it", attempt.Id, attempt.AmountXaf, attempt.Provider);
                break;
            case Said.RefundFailed:
                logger.LogError("Refund {AttemptId}, try {Try}, failed: {Reason}", attempt.Id, attempt.Try, attempt.Reason);
                break;
            case Said.GivenUp:
                logger.LogError("Attempt {AttemptId} has no outcome after a day: a person has to ask the provider", attempt.Id);
                break;
        }

        void Announce<TEvent>(TEvent @event) where TEvent : class => db.Announce(@event, payment.OrderId, now);
    }
}
