using EatFast.Errors;

namespace EatFast.Payments.Domain;

/// <summary>The one payment of an order. Money that arrives for a stopped order, or twice, is kept on record and sent back.</summary>
public sealed partial class Payment
{
    private readonly List<Attempt> _attempts = [];

    private Payment()
    {
    }

    public Guid Id { get; private init; }
    public Guid OrderId { get; private init; }
    public string OrderNumber { get; private init; } = "";
    public Guid CustomerId { get; private init; }
    public Guid RestaurantId { get; private init; }
    public Guid? RestaurantOwnerId { get; private init; }
    public decimal CommissionPercent { get; private init; }
    public string Purpose { get; private init; } = PaymentPurpose.Order;
    public string Method { get; private set; } = "";
    public string Status { get; private set; } = PaymentStatus.Pending;
    public long AmountXaf { get; private init; }
    public long RefundedXaf { get; private set; }
    public string? Reason { get; private set; }
    /// <summary>cancelled or expired once the order has ended without a delivery.</summary>
    public string? StoppedAs { get; private set; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset UpdatedAt { get; private set; }
    public DateTimeOffset? CompletedAt { get; private set; }
    public int Version { get; private set; }
    public IReadOnlyList<Attempt> Attempts => _attempts;

    public Attempt? OpenCollect => _attempts.Find(attempt => attempt is { IsCollect: true, IsOpen: true });

    public bool IsCash => Method == PaymentMethods.Cash;

    public bool IsTopUp => Purpose == PaymentPurpose.TopUp;

    public static Payment Of(OrderToPay order, DateTimeOffset now) => Of(order, PaymentPurpose.Order, now);

    /// <summary>Money for a customer's own wallet, which only a provider can bring.</summary>
    public static Payment TopUp(Guid customerId, long amountXaf, string method, DateTimeOffset now) => Of(
        new OrderToPay(Guid.CreateVersion7(now), "Portefeuille", customerId, Guid.Empty, amountXaf, method), PaymentPurpose.TopUp, now);

    /// <summary>The one movement of a payout; it is said again under its reference, and never again under another one.</summary>
    public static Payment PayOut(Payout payout, DateTimeOffset now, TimeSpan lifetime)
    {
        var payment = Of(
            new OrderToPay(payout.Id, "retrait", payout.OwnerId, Guid.Empty, payout.AmountXaf, PaymentMethods.CamPay), PaymentPurpose.Payout, now);
        payment._attempts.Add(Attempt.PayOut(payment, payout, now, lifetime));
        return payment;
    }

    private static Payment Of(OrderToPay order, string purpose, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Purpose = purpose,
        OrderId = order.OrderId,
        OrderNumber = order.OrderNumber,
        CustomerId = order.CustomerId,
        RestaurantId = order.RestaurantId,
        RestaurantOwnerId = order.RestaurantOwnerId,
        CommissionPercent = order.CommissionPercent,
        Method = order.Method,
        AmountXaf = order.TotalXaf,
        CreatedAt = now,
        UpdatedAt = now
    };

    /// <summary>Refuses with ORDER_ALREADY_PAID or ORDER_NOT_PAYABLE.</summary>
    public void RequirePayable()
    {
        if (StoppedAs is not null)
            throw new RuleViolatedException("ORDER_NOT_PAYABLE");
        if (CompletedAt is not null)
            throw new RuleViolatedException("ORDER_ALREADY_PAID");
    }

    /// <summary>True when there is nothing to pay, as a discount covers it all, and the order is newly paid by that.</summary>
    public bool CompleteWithoutMoney(DateTimeOffset now)
    {
        if (AmountXaf != 0 || StoppedAs is not null || CompletedAt is not null || Purpose != PaymentPurpose.Order)
            return false;
        (Reason, CompletedAt) = (null, now);
        Change(PaymentStatus.Completed, now);
        return true;
    }

    /// <summary>True when the risk is newly taken, else see <see cref="Reason"/>. Refuses with PAYMENT_IN_PROGRESS.</summary>
    /// <param name="risk">What holds for everybody.</param>
    /// <param name="now">Now.</param>
    /// <param name="doubt">Why this order's risk is not taken, if so.</param>
    public bool AuthorizeCash(CashRisk risk, DateTimeOffset now, string? doubt = null)
    {
        if (OpenCollect is not null)
            throw new RuleViolatedException("PAYMENT_IN_PROGRESS");
        if (StoppedAs is not null || CompletedAt is not null || Status == PaymentStatus.Authorized)
            return false;
        Method = PaymentMethods.Cash;
        Reason = risk.Refuse(this) ?? doubt;
        Change(Reason is null ? PaymentStatus.Authorized : PaymentStatus.Pending, now);
        return Reason is null;
    }

    /// <summary>Refuses with PAYMENT_METHOD_FIXED once the order goes on as a cash order, and with PAYMENT_IN_PROGRESS.</summary>
    public Attempt StartCollect(Guid attemptId, Purse from, DateTimeOffset now, TimeSpan lifetime)
    {
        RequirePayable();
        if (Status == PaymentStatus.Authorized)
            throw new RuleViolatedException("PAYMENT_METHOD_FIXED");
        if (OpenCollect is not null)
            throw new RuleViolatedException("PAYMENT_IN_PROGRESS");
        var attempt = Attempt.Collect(attemptId, this, from, now, lifetime);
        _attempts.Add(attempt);
        Method = from.Provider;
        Reason = null;
        Change(PaymentStatus.Pending, now);
        return attempt;
    }

    /// <summary>True when the cash is newly in a driver's hands; that of a stopped order belongs to its payer.</summary>
    public bool CollectCash(DateTimeOffset now)
    {
        if (!IsCash || CompletedAt is not null)
            return false;
        (Reason, CompletedAt) = (null, now);
        Change(StoppedAs is null ? PaymentStatus.Completed : Status, now);
        return true;
    }

    /// <summary>Paid at once; the ledger refuses what the wallet does not hold. Refuses like a charge does.</summary>
    public void PayFromWallet(DateTimeOffset now)
    {
        RequirePayable();
        if (Status == PaymentStatus.Authorized)
            throw new RuleViolatedException("PAYMENT_METHOD_FIXED");
        if (OpenCollect is not null)
            throw new RuleViolatedException("PAYMENT_IN_PROGRESS");
        (Method, Reason, CompletedAt) = (PaymentMethods.Wallet, null, now);
        Change(PaymentStatus.Completed, now);
    }

    private void Change(string status, DateTimeOffset now)
    {
        Status = status;
        UpdatedAt = now;
        Version++;
    }
}
