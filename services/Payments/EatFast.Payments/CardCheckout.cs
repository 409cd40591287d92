using EatFast.Errors;
using EatFast.Payments.Clients;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments;

/// <summary>
/// Starts a card charge: the payer's device needs Stripe's answer, so it is fetched in the request, after the attempt and its key were
/// committed. Whoever asks again gets the same intent.
/// </summary>
internal sealed class CardCheckout(
    PaymentsDbContext db, StripeCards stripe, AttemptResults results, PaymentLimits limits, PollSchedule schedule,
    TimeProvider clock)
{
    /// <param name="find">The payment, locked and allowed to its caller; inside the transaction.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<PaymentStarted> StartAsync(Func<Task<Payment>> find, CancellationToken ct)
    {
        var (payment, charge) = await RecordAsync(find, ct);
        var secret = charge.ProviderReference is { } known
            ? await stripe.ReadSecretAsync(known, ct)
            : await MakeAsync(payment, charge, mayGoOn: true, ct);
        return new PaymentStarted(payment.Id, payment.OrderId, PaymentStatus.Pending, PaymentMethods.Stripe, payment.AmountXaf)
        {
            ClientSecret = secret,
            ExpiresAt = charge.ExpiresAt
        };
    }

    private async Task<string?> MakeAsync(Payment payment, Attempt charge, bool mayGoOn, CancellationToken ct)
    {
        var made = await stripe.CollectAsync(new MoneyOrder(charge, null, $"EatFast {payment.OrderNumber}"), ct);
        db.ChangeTracker.Clear();
        await results.StoreAsync(charge, made, ct);
        if (made.Outcome == SendOutcome.Refused)
            throw new RuleViolatedException("CARD_REFUSED");
        if (made.Outcome != SendOutcome.KeySpent || !mayGoOn)
            return made.ClientSecret;
        // The next key is on record now.
        var renewed = await db.Attempts.AsNoTracking().SingleAsync(row => row.Id == charge.Id, ct);
        return await MakeAsync(payment, renewed, mayGoOn: false, ct);
    }

    private async Task<(Payment, Attempt)> RecordAsync(Func<Task<Payment>> find, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var payment = await find();
        payment.RequirePayable();
        if (payment.AmountXaf < limits.CardMinimumXaf || payment.AmountXaf > limits.CardMaximumXaf)
            throw new RuleViolatedException("AMOUNT_OUT_OF_RANGE", ("minimum", limits.CardMinimumXaf), ("maximum", limits.CardMaximumXaf));
        var now = clock.GetUtcNow();
        var charge = payment.OpenCollect;
        if (charge is not { Provider: PaymentMethods.Stripe })
            charge = payment.StartCollect(Guid.CreateVersion7(now), new Purse(PaymentMethods.Stripe), now, schedule.Lifetime);
        payment.Claim(charge, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return (payment, charge);
    }
}
