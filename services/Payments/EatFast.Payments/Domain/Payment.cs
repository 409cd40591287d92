using EatFast.Errors;

namespace EatFast.Payments.Domain;

/// <summary>What of an order matters for its payment; the amount never comes from the payer.</summary>
public sealed record OrderToPay(
    Guid OrderId, string OrderNumber, Guid CustomerId, Guid RestaurantId, long TotalXaf, string Method, Guid? RestaurantOwnerId = null);

/// <summary>What a payment is for; a top-up has no order, its own id stands in for one.</summary>
public static class PaymentPurpose
{
    public const string Order = "order";
    public const string TopUp = "topup";
}

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

    private static Payment Of(OrderToPay order, string purpose, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Purpose = purpose,
        OrderId = order.OrderId,
        OrderNumber = order.OrderNumber,
        CustomerId = order.CustomerId,
        RestaurantId = order.RestaurantId,
        RestaurantOwnerId = order.RestaurantOwnerId,
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

    /// <summary>True when the risk is newly taken, else see <see cref="Reason"/>. Refuses with PAYMENT_IN_PROGRESS.</summary>
    public bool AuthorizeCash(CashRisk risk, DateTimeOffset now)
    {
        if (OpenCollect is not null)
            throw new RuleViolatedException("PAYMENT_IN_PROGRESS");
        if (StoppedAs is not null || CompletedAt is not null || Status == PaymentStatus.Authorized)
            return false;
        Method = PaymentMethods.Cash;
        Reason = risk.Refuse(this);
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

    public void Accept(Attempt attempt, SendResult answer, DateTimeOffset nextLook, DateTimeOffset now)
    {
        // A webhook that came before the answer says that it is worth asking at once.
        attempt.Accepted(answer.Reference!, attempt.HintedReference is null ? nextLook : now);
        Follow(attempt, attempt.IsOpen ? PaymentStatus.Processing : Status, now);
    }

    public void PutBack(Attempt attempt, DateTimeOffset nextTry, DateTimeOffset now)
    {
        attempt.PutBack(nextTry);
        Follow(attempt, PaymentStatus.Pending, now);
    }

    public void Lose(Attempt attempt, string reason, DateTimeOffset? nextLook, DateTimeOffset now)
    {
        attempt.Lost(reason, nextLook);
        Follow(attempt, attempt.IsOpen ? PaymentStatus.Processing : Status, now);
    }

    public void Expire(Attempt attempt, DateTimeOffset? nextLook, DateTimeOffset now)
    {
        attempt.Expire(nextLook);
        Follow(attempt, PaymentStatus.Expired, now);
    }

    /// <summary>True when the customer has to be told; a refund that failed for certain is tried again, with a new reference.</summary>
    public bool Fail(Attempt attempt, string reason, DateTimeOffset now)
    {
        attempt.Fail(reason, now);
        if (!attempt.IsCollect)
            TryRefundAgain(attempt, now);
        return Follow(attempt, PaymentStatus.Failed, now, reason);
    }

    /// <summary>True when the order is paid by this, however late; false when it has stopped or is paid otherwise: the money goes back.</summary>
    public bool Receive(Attempt collect, string reference, DateTimeOffset now)
    {
        collect.Complete(reference, now);
        if (StoppedAs is null && CompletedAt is null && Status != PaymentStatus.Authorized)
        {
            (Method, Reason, CompletedAt) = (collect.Provider, null, now);
            Change(PaymentStatus.Completed, now);
            return true;
        }
        AddRefund(collect, now, now);
        Change(Status, now);
        return false;
    }

    /// <summary>Another amount than asked for pays nothing and goes back; true when the customer has to be told.</summary>
    public bool ReceiveOther(Attempt collect, string reference, long movedXaf, DateTimeOffset now)
    {
        collect.CompleteOtherwise(reference, movedXaf, now);
        AddRefund(collect, now, now);
        return Follow(collect, PaymentStatus.Failed, now, collect.Reason);
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

    // Only the newest collect of a payment that is still wanted speaks for the payment, and none does once cash was agreed.
    private bool Follow(Attempt attempt, string status, DateTimeOffset now, string? reason = null)
    {
        var speaks = attempt.IsCollect && StoppedAs is null && CompletedAt is null && Status != PaymentStatus.Authorized
            && attempt == _attempts.FindAll(other => other.IsCollect).MaxBy(other => other.CreatedAt);
        Reason = speaks ? reason : Reason;
        Change(speaks ? status : Status, now);
        return speaks;
    }

    private void Change(string status, DateTimeOffset now)
    {
        Status = status;
        UpdatedAt = now;
        Version++;
    }
}
