using EatFast.Errors;

namespace EatFast.Payments.Domain;

/// <summary>The ways back: to the source where its provider can, else to the payer's wallet; each amount once.</summary>
public sealed partial class Payment
{
    private const int MostRefundTries = 6;

    /// <summary>Promised to the payer beyond what a stop returns by itself, returned already or on its way.</summary>
    public long PromisedBackXaf { get; private set; }

    /// <summary>Held by the ledger and not by a provider, so that only a wallet can give it back.</summary>
    public bool IsBackByWallet => Method is PaymentMethods.Cash or PaymentMethods.Wallet;

    /// <summary>What of the order's own money has not gone back and is not promised.</summary>
    public long RefundableXaf => CompletedAt is null ? 0 : AmountXaf - Math.Max(RefundedXaf, PromisedBackXaf);

    /// <summary>
    /// The order has ended without a delivery: nothing more is asked for, and what came goes back, less the fee of a late cancellation.
    /// The result is what a wallet gets at once.
    /// </summary>
    public long Stop(string stoppedAs, DateTimeOffset now, long feeXaf = 0)
    {
        if (StoppedAs is not null)
            return 0;
        StoppedAs = stoppedAs;
        foreach (var unsent in _attempts.Where(attempt => attempt is { IsCollect: true, Status: AttemptStatus.Created }))
            unsent.Fail("ORDER_STOPPED", now);
        var backXaf = Math.Max(0, RefundableXaf - feeXaf);
        Change(CompletedAt is null ? stoppedAs : Status, now);
        if (backXaf == 0)
            return 0;
        PromisedBackXaf += backXaf;
        if (!IsBackByWallet)
            AddRefund(PaidBy(), now, now, backXaf == AmountXaf ? null : new RefundWish(Id, backXaf));
        return IsBackByWallet ? backXaf : 0;
    }

    /// <summary>A refund that an administrator grants; true when it is on its way to the source, else a wallet gets it. Refuses with
    /// ORDER_NOT_PAID and REFUND_TOO_LARGE.</summary>
    public bool Grant(RefundWish wish, bool toWallet, DateTimeOffset now)
    {
        if (CompletedAt is null || IsTopUp)
            throw new RuleViolatedException("ORDER_NOT_PAID");
        if (wish.AmountXaf > RefundableXaf || wish.AmountXaf <= 0)
            throw new RuleViolatedException("REFUND_TOO_LARGE", ("maximum", RefundableXaf));
        PromisedBackXaf += wish.AmountXaf;
        if (!toWallet && !IsBackByWallet)
            AddRefund(PaidBy(), now, now, wish);
        Change(Status, now);
        return !toWallet && !IsBackByWallet;
    }

    /// <summary>True when the order's own money went back; false for a charge beside the payment of an order that goes on.</summary>
    public bool Return(Attempt refund, string reference, DateTimeOffset now)
    {
        refund.Complete(reference, now);
        return Count(refund, now);
    }

    /// <summary>The provider refused for good, so the wallet got it; the result as above.</summary>
    public bool ReturnToWallet(Attempt refund, DateTimeOffset now) => Count(refund, now);

    /// <summary>The wallet got it at once.</summary>
    public void ReturnToWallet(long amountXaf, DateTimeOffset now) => CountReturned(amountXaf, now);

    /// <summary>True when no more tries are made at the provider: the money goes to the wallet instead.</summary>
    public bool IsGivenUp(Attempt refund) =>
        refund is { IsCollect: false, Status: AttemptStatus.Failed } && TriesOf(refund) >= MostRefundTries;

    /// <summary>When this movement was first tried: a refund's later tries have no more time than its first one.</summary>
    public DateTimeOffset BegunAt(Attempt attempt) => attempt.RefundOf is null ? attempt.CreatedAt
        : _attempts.Where(other => other.RefundOf == attempt.RefundOf && other.RefundId == attempt.RefundId).Min(other => other.CreatedAt);

    /// <summary>The food arrived and its money is shared out: who asks for a refund at the same time has to look again.</summary>
    public void Settle(DateTimeOffset now) => Change(Status, now);

    private bool IsOfSurplus(Attempt refund) => refund.RefundId is null
        && (StoppedAs is null || _attempts.Exists(collect => collect.Id == refund.RefundOf && collect.MovedXaf is not null));

    private bool Count(Attempt refund, DateTimeOffset now)
    {
        var isSurplus = IsOfSurplus(refund);
        if (isSurplus)
            Change(Status, now);
        else
            CountReturned(refund.AmountXaf, now);
        return !isSurplus;
    }

    private void CountReturned(long amountXaf, DateTimeOffset now)
    {
        RefundedXaf = Math.Min(AmountXaf, RefundedXaf + amountXaf);
        Change(RefundedXaf < AmountXaf ? PaymentStatus.PartiallyRefunded : PaymentStatus.Refunded, now);
    }

    // Of two charges, the one beside the payment has its refund already.
    private Attempt PaidBy() => _attempts.Find(collect =>
        collect is { IsCollect: true, Status: AttemptStatus.Completed, MovedXaf: null }
        && !_attempts.Exists(refund => refund.RefundOf == collect.Id && refund.RefundId is null))!;

    private void TryRefundAgain(Attempt refund, DateTimeOffset now)
    {
        var tries = TriesOf(refund);
        if (tries >= MostRefundTries)
            return;
        var wish = refund.RefundId is { } wished ? new RefundWish(wished, refund.AmountXaf) : null;
        var charge = _attempts.Single(other => other.Id == refund.RefundOf);
        AddRefund(charge, now, now + TimeSpan.FromMinutes(Math.Pow(4, tries - 1)), wish);
    }

    private int TriesOf(Attempt refund) =>
        _attempts.Count(other => other.RefundOf == refund.RefundOf && other.RefundId == refund.RefundId);

    private void AddRefund(Attempt collect, DateTimeOffset now, DateTimeOffset due, RefundWish? wish = null) =>
        _attempts.Add(Attempt.Refund(collect, _attempts.Count(other => other.RefundOf == collect.Id) + 1, now, due, wish));
}
