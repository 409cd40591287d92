using EatFast.Errors;
using EatFast.Http;
using EatFast.Messaging;
using EatFast.Payments.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;
using StartedAnswer = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<EatFast.Http.Envelope<EatFast.Payments.PaymentStarted>>,
    Microsoft.AspNetCore.Http.HttpResults.Accepted<EatFast.Http.Envelope<EatFast.Payments.PaymentStarted>>>;

namespace EatFast.Payments;

/// <summary>Starts the payment of an order under a lock on its row; cash and wallet are decided at once, others by providers.</summary>
internal sealed class Checkout(
    PaymentsDbContext db, OrderPayments orders, MobileMoney mobileMoney, CardCheckout cards, UsableMethods usable, CashRisk risk,
    RiskDesk desk, RiskRecords records, TimeProvider clock)
{
    public async Task<StartedAnswer> PayAsync(
        HttpContext http, CurrentUser user, Guid orderId, string method, string? phone, CancellationToken ct)
    {
        if (!usable.Has(method, user.IsGuest()))
            throw new RuleViolatedException("PAYMENT_METHOD_UNAVAILABLE");
        if (await orders.EnsureAsync(orderId, ct))
            return await TakeFreeAsync(http, user, orderId, ct);
        if (method == PaymentMethods.Cash && user.IsGuest())
            await orders.RequireProvenPhoneAsync(orderId, user.Id, ct);
        if (method == PaymentMethods.Stripe)
            return await PayByCardAsync(http, user, orderId, ct);

        var judgement = await JudgeAsync(http, user, orderId, method, phone, ct);
        // Of two equal requests the second waits here, then finds what the first has started.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var payment = await FindAsync(user, orderId, ct);
        payment.RequirePayable();
        var doubt = await records.AddAsync(judgement, ct);
        if ((method == PaymentMethods.Cash ? AuthorizeCash(payment, doubt) : doubt) is { } refusal)
        {
            // What was judged stays on record.
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            throw new RuleViolatedException(refusal, ("maximum", risk.MaximumXaf));
        }
        var started = new Envelope<PaymentStarted>(Start(payment, method, phone, Language.Of(http) == Language.English));
        var isDecided = method is PaymentMethods.Cash or PaymentMethods.Wallet;
        db.Remember(http, isDecided ? StatusCodes.Status200OK : StatusCodes.Status202Accepted, null, started);
        await db.SaveBookedAsync(ct);
        await transaction.CommitAsync(ct);

        return isDecided ? TypedResults.Ok(started) : TypedResults.Accepted((string?)null, started);
    }

    // What costs nothing is paid, whatever the payer chose.
    private async Task<StartedAnswer> TakeFreeAsync(HttpContext http, CurrentUser user, Guid orderId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var payment = await FindAsync(user, orderId, ct);
        if (payment.StoppedAs is not null)
            throw new RuleViolatedException("ORDER_NOT_PAYABLE");
        orders.CompleteIfFree(payment, clock.GetUtcNow());
        var answer = new Envelope<PaymentStarted>(PaymentStarted.Of(payment));
        db.Remember(http, StatusCodes.Status200OK, null, answer);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(answer);
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
        // Without its secret it is no answer to keep: who asks again under the same key gets the same intent, and its secret then.
        if (started.Data.ClientSecret is not null)
            db.Remember(http, StatusCodes.Status202Accepted, null, started);
        await db.SaveChangesAsync(ct);
        return TypedResults.Accepted((string?)null, started);
    }

    // Before the payment is locked, as others are asked. What is under way already is not judged again.
    private async Task<RiskJudgement?> JudgeAsync(
        HttpContext http, CurrentUser user, Guid orderId, string method, string? phone, CancellationToken ct)
    {
        if (RiskMethods.Of(method) is null)
            return null;
        var known = await db.Payments.AsNoTracking().Include(row => row.Attempts).SingleOrDefaultAsync(
            row => row.OrderId == orderId && row.CustomerId == user.Id && row.StoppedAs == null && row.CompletedAt == null, ct);
        if (known is null or { Status: PaymentStatus.Authorized } or { OpenCollect: not null })
            return null;
        var about = new RiskSubject(known.Id, orderId, user.Id, method, known.AmountXaf);
        return await desk.JudgeAsync(new RiskQuestion(about, MobileNumber.Parse(phone)?.Msisdn, RiskQuestion.DeviceOf(http)), ct);
    }

    private PaymentStarted Start(Payment payment, string method, string? phone, bool isEnglish) => method switch
    {
        PaymentMethods.Cash => PaymentStarted.Of(payment) with
        {
            Instructions = isEnglish ? "Pay the driver in cash at the door." : "Payez le livreur en espèces à la remise de la commande."
        },
        PaymentMethods.Wallet => PayFromWallet(payment),
        _ => mobileMoney.Start(payment, method, MobileNumber.Parse(phone)!, isEnglish)
    };

    private string? AuthorizeCash(Payment payment, string? doubt)
    {
        var now = clock.GetUtcNow();
        if (payment.AuthorizeCash(risk, now, doubt))
            db.Announce(new PaymentAuthorized(payment.Id, payment.OrderId, payment.Method, payment.AmountXaf, now), payment.OrderId, now);
        return payment.Status == PaymentStatus.Authorized ? null : payment.Reason;
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
