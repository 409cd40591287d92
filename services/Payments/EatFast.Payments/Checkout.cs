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

/// <summary>Starts the payment of an order under a lock on its row; cash and wallet are decided at once, others by providers.</summary>
internal sealed class Checkout(
    PaymentsDbContext db, OrderPayments orders, MobileMoney mobileMoney, CardCheckout cards, UsableMethods usable, CashRisk risk,
    TimeProvider clock)
{
    public async Task<StartedAnswer> PayAsync(
        HttpContext http, CurrentUser user, Guid orderId, string method, string? phone, CancellationToken ct)
    {
        if (!usable.Has(method))
            throw new RuleViolatedException("PAYMENT_METHOD_UNAVAILABLE");
        await orders.EnsureAsync(orderId, ct);
        if (method == PaymentMethods.Stripe)
            return await PayByCardAsync(http, user, orderId, ct);

        // Of two equal requests the second waits here, then finds what the first has started.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var payment = await FindAsync(user, orderId, ct);
        var started = new Envelope<PaymentStarted>(Start(payment, method, phone, Language.Of(http) == Language.English));
        var isDecided = method is PaymentMethods.Cash or PaymentMethods.Wallet;
        db.Remember(http, isDecided ? StatusCodes.Status200OK : StatusCodes.Status202Accepted, null, started);
        await db.SaveBookedAsync(ct);
        await transaction.CommitAsync(ct);

        return isDecided ? TypedResults.Ok(started) : TypedResults.Accepted((string?)null, started);
    }

    private async Task<Payment> FindAsync(CurrentUser user, Guid orderId, CancellationToken ct)
    {
        var payment = await db.LockByOrderAsync(orderId, ct);
        return payment is null || payment.CustomerId != user.Id || payment.Purpose != PaymentPurpose.Order
            ? throw new RuleViolatedException("ORDER_NOT_FOUND")
            : payment;
    }

    private async Task<StartedAnswer> PayByCardAsync(HttpContext http, CurrentUser user, Guid orderId, CancellationToken ct)
    {
        var started = new Envelope<PaymentStarted>(await cards.StartAsync(() => FindAsync(user, orderId, ct), ct));
        db.ChangeTracker.Clear();
        db.Remember(http, StatusCodes.Status202Accepted, null, started);
        await db.SaveChangesAsync(ct);
        return TypedResults.Accepted((string?)null, started);
    }

    private PaymentStarted Start(Payment payment, string method, string? phone, bool isEnglish)
    {
        payment.RequirePayable();
        return method switch
        {
            PaymentMethods.Cash => AuthorizeCash(payment, isEnglish),
            PaymentMethods.Wallet => PayFromWallet(payment),
            _ => mobileMoney.Start(payment, method, MobileNumber.Parse(phone)!, isEnglish)
        };
    }

    private PaymentStarted AuthorizeCash(Payment payment, bool isEnglish)
    {
        var now = clock.GetUtcNow();
        if (payment.AuthorizeCash(risk, now))
            db.Announce(new PaymentAuthorized(payment.Id, payment.OrderId, payment.Method, payment.AmountXaf, now), payment.OrderId, now);
        else if (payment.Reason is { } refusal)
            throw new RuleViolatedException(refusal, ("maximum", risk.MaximumXaf));
        return PaymentStarted.Of(payment) with
        {
            Instructions = isEnglish ? "Pay the driver in cash at the door." : "Payez le livreur en espèces à la remise de la commande."
        };
    }

    private PaymentStarted PayFromWallet(Payment payment)
    {
        var now = clock.GetUtcNow();
        payment.PayFromWallet(now);
        db.Add(Bookings.PaidFromWallet(payment, now));
        db.Announce(new PaymentSucceeded(payment.Id, payment.OrderId, payment.Method, payment.AmountXaf, now), payment.OrderId, now);
        return PaymentStarted.Of(payment);
    }
}
