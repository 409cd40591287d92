using EatFast.Errors;
using EatFast.Http;
using EatFast.Messaging;
using EatFast.Payments.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using StartedAnswer = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<EatFast.Http.Envelope<EatFast.Payments.PaymentStarted>>,
    Microsoft.AspNetCore.Http.HttpResults.Accepted<EatFast.Http.Envelope<EatFast.Payments.PaymentStarted>>>;

namespace EatFast.Payments;

/// <summary>Starts a payment under a lock on its row; mobile money is only recorded here, and sent to CamPay right afterwards.</summary>
internal sealed class Checkout(
    PaymentsDbContext db,
    OrderPayments orders,
    PhoneCipher cipher,
    Operators operators,
    PaymentLimits limits,
    CashRisk risk,
    PollSchedule schedule,
    TimeProvider clock)
{
    public async Task<StartedAnswer> PayAsync(
        HttpContext http, CurrentUser user, Guid orderId, string method, string? phone, CancellationToken ct)
    {
        if (method is not (PaymentMethods.Cash or PaymentMethods.CamPay))
            throw new RuleViolatedException("PAYMENT_METHOD_UNAVAILABLE");
        await orders.EnsureAsync(orderId, ct);

        // Of two equal requests the second waits here, then finds what the first has started.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var payment = await db.LockByOrderAsync(orderId, ct);
        if (payment is null || payment.CustomerId != user.Id)
            throw new RuleViolatedException("ORDER_NOT_FOUND");
        payment.RequirePayable();
        var isCash = method == PaymentMethods.Cash;
        var isEnglish = Language.Of(http) == Language.English;
        var started = new Envelope<PaymentStarted>(
            isCash ? AuthorizeCash(payment, isEnglish) : StartCollect(payment, MobileNumber.Parse(phone)!, isEnglish));
        db.Remember(http, isCash ? StatusCodes.Status200OK : StatusCodes.Status202Accepted, null, started);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);

        return isCash ? TypedResults.Ok(started) : TypedResults.Accepted((string?)null, started);
    }

    private PaymentStarted AuthorizeCash(Payment payment, bool isEnglish)
    {
        var now = clock.GetUtcNow();
        if (payment.AuthorizeCash(risk, now))
            db.Announce(new PaymentAuthorized(payment.Id, payment.OrderId, payment.Method, payment.AmountXaf, now), payment.OrderId, now);
        else if (payment.Reason is { } refusal)
            throw new RuleViolatedException(refusal, ("maximum", risk.MaximumXaf));
        return Started(payment) with
        {
            Instructions = isEnglish ? "Pay the driver in cash at the door." : "Payez le livreur en espèces à la remise de la commande."
        };
    }

    private PaymentStarted StartCollect(Payment payment, MobileNumber phone, bool isEnglish)
    {
        var carrier = operators.Find(phone) ?? throw new RuleViolatedException("PHONE_OPERATOR_UNSUPPORTED");
        if (payment.AmountXaf < limits.CamPayMinimumXaf || payment.AmountXaf > limits.CamPayMaximumXaf)
            throw new RuleViolatedException(
                "AMOUNT_OUT_OF_RANGE", ("minimum", limits.CamPayMinimumXaf), ("maximum", limits.CamPayMaximumXaf));
        var now = clock.GetUtcNow();
        var open = payment.OpenCollect;
        if (open is null || cipher.Open(open.SealedPhone!, open.Id) != phone.Msisdn)
        {
            var id = Guid.CreateVersion7(now);
            open = payment.StartCollect(id, cipher.Seal(phone, id), carrier.Name, now, schedule.Lifetime);
        }
        return Started(payment) with
        {
            Operator = carrier.Name,
            UssdCode = carrier.UssdCode,
            Instructions = isEnglish
                ? $"Dial {carrier.UssdCode} and confirm with your PIN."
                : $"Composez {carrier.UssdCode} et validez avec votre code secret.",
            ExpiresAt = open.ExpiresAt
        };
    }

    private static PaymentStarted Started(Payment payment) =>
        new(payment.Id, payment.OrderId, PaymentView.StatusOf(payment), payment.Method, payment.AmountXaf);
}
