using EatFast.Errors;
using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;

namespace EatFast.Payments;

/// <summary>Starts the filling of a wallet: a phone is charged, and judged, as for an order, and a card pays at its provider.</summary>
internal sealed class TopUps(
    PaymentsDbContext db, MobileMoney mobileMoney, CardCheckout cards, UsableMethods usable, PaymentLimits limits, RiskDesk desk,
    RiskRecords records, TimeProvider clock)
{
    /// <summary>Leaves a charge of a phone to the caller's save; that of a card is stored already.</summary>
    public async Task<PaymentStarted> StartAsync(
        HttpContext http, Guid customerId, long amountXaf, string method, string? phone)
    {
        if (!usable.Has(method))
            throw new RuleViolatedException("PAYMENT_METHOD_UNAVAILABLE");
        if (amountXaf < limits.TopUpMinimumXaf || amountXaf > limits.TopUpMaximumXaf)
            throw new RuleViolatedException("AMOUNT_OUT_OF_RANGE", ("minimum", limits.TopUpMinimumXaf), ("maximum", limits.TopUpMaximumXaf));
        var payment = Payment.TopUp(customerId, amountXaf, method, clock.GetUtcNow());
        if (method == PaymentMethods.Stripe)
            return await StartCardAsync(payment, http.RequestAborted);
        var number = MobileNumber.Parse(phone)!;
        await RequireAllowedAsync(http, payment, number);
        db.Add(payment);
        return mobileMoney.Start(payment, method, number, Language.Of(http) == Language.English);
    }

    private async Task<PaymentStarted> StartCardAsync(Payment payment, CancellationToken ct)
    {
        var started = await cards.StartAsync(
            () =>
            {
                db.Add(payment);
                return Task.FromResult(payment);
            },
            ct);
        db.ChangeTracker.Clear();
        return started;
    }

    private async Task RequireAllowedAsync(HttpContext http, Payment payment, MobileNumber number)
    {
        var about = new RiskSubject(payment.Id, payment.OrderId, payment.CustomerId, payment.Method, payment.AmountXaf);
        var judgement = await desk.JudgeAsync(new RiskQuestion(about, number.Msisdn, RiskQuestion.DeviceOf(http)), http.RequestAborted);
        if (await records.AddAsync(judgement, http.RequestAborted) is not { } refusal)
            return;
        // What was judged stays on record.
        await db.SaveChangesAsync(http.RequestAborted);
        throw new RuleViolatedException(refusal);
    }
}
