using EatFast.Errors;
using EatFast.Payments.Clients;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;

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
        var order = new MoneyOrder(charge, null, $"EatFast {payment.OrderNumber}");
        var secret = charge.ProviderReference is { } known ? await stripe.ReadSecretAsync(known, ct) : null;
        if (charge.ProviderReference is null)
        {
            var made = await stripe.CollectAsync(order, ct);
            secret = made.ClientSecret;
            db.ChangeTracker.Clear();
            await results.StoreAsync(charge, made, ct);
            if (made.Outcome == SendOutcome.Refused)
                throw new RuleViolatedException("CARD_REFUSED");
        }
        return new PaymentStarted(payment.Id, payment.OrderId, PaymentStatus.Pending, PaymentMethods.Stripe, payment.AmountXaf)
        {
            ClientSecret = secret,
            ExpiresAt = charge.ExpiresAt
        };
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
