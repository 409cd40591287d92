namespace EatFast.Ordering.Domain;

/// <summary>What an order's money does to it; the rest of its life is in Order.cs.</summary>
public sealed partial class Order
{
    /// <summary>The money is known good. An order that stopped meanwhile only notes it: Payments gives the money back.</summary>
    public void Release(string paymentStatus, string method, DateTimeOffset now)
    {
        if (PaymentStatus == paymentStatus || PaymentStatus is not (Domain.PaymentStatus.Pending
            or Domain.PaymentStatus.Failed or Domain.PaymentStatus.Authorized))
            return;
        PaymentStatus = paymentStatus;
        var waits = Status == OrderStatus.Pending && !IsReleased;
        // A scheduled order that is paid early keeps waiting: its kitchen sees it when its time comes.
        var opens = waits && !(now < ReleaseDueAt);
        if (waits)
            PaymentMethod = method;
        if (opens)
            ReleasedAt = now;
        Record(opens ? OrderEvent.Released : $"payment_{paymentStatus}", Actor.Platform, now);
        AcceptIfAsked(opens, now);
    }

    /// <summary>Its time has come: the kitchen of a paid, scheduled order gets to see it. Anything else is left alone.</summary>
    public void ReleaseScheduled(DateTimeOffset now)
    {
        if (!IsAwaitingItsTime || now < ReleaseDueAt)
            return;
        ReleasedAt = now;
        Record(OrderEvent.Released, Actor.Platform, now);
        AcceptIfAsked(opened: true, now);
    }

    /// <summary>When the kitchen has to see a scheduled order, so that it is ready in time; null for as soon as it is paid.</summary>
    public DateTimeOffset? ReleaseDueAt => ScheduledFor - TimeSpan.FromMinutes(PreparationMinutes + TravelMinutes) - Margin;

    public bool IsAwaitingItsTime => ScheduledFor is not null && Status == OrderStatus.Pending && !IsReleased
        && (PaymentStatus is Domain.PaymentStatus.Paid or Domain.PaymentStatus.Authorized);

    // A restaurant may take its time to answer.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(15);

    private void AcceptIfAsked(bool opened, DateTimeOffset now)
    {
        // A millisecond later, so that ids made from these times keep the order of the two.
        if (opened && AcceptsAutomatically)
            Confirm(new Actor(ActorKind.Restaurant, RestaurantOwnerId), PreparationMinutes, now.AddMilliseconds(1));
    }

    /// <summary>One attempt failed; the order waits for another until its time is up.</summary>
    public void NotePaymentFailure(string reason, DateTimeOffset now)
    {
        if (PaymentStatus == Domain.PaymentStatus.Pending)
            NotePayment(Domain.PaymentStatus.Failed, reason, now);
    }

    /// <summary>Everything that a stopped order owes its payer has gone back.</summary>
    public bool HasItsMoneyBack => PaymentStatus == Domain.PaymentStatus.Refunded
        || (PaymentStatus == Domain.PaymentStatus.PartiallyRefunded && CancellationFeePercent > 0);

    /// <summary>What goes back to its payer; null when it was not stopped after it was paid.</summary>
    public long? RefundXaf => OrderStatus.IsStopped(Status) && PaymentStatus is Domain.PaymentStatus.Paid
        or Domain.PaymentStatus.Refunded or Domain.PaymentStatus.PartiallyRefunded
            ? Pricing.TotalXaf - (Pricing.TotalXaf * CancellationFeePercent / 100)
            : null;

    public void NoteRefund(bool isFull, DateTimeOffset now, long? amountXaf = null)
    {
        if (PaymentStatus == Domain.PaymentStatus.Refunded)
            return;
        NotePayment(isFull ? Domain.PaymentStatus.Refunded : Domain.PaymentStatus.PartiallyRefunded, null, now);
        _changes[^1].AmountXaf = amountXaf;
    }

    private void NotePayment(string paymentStatus, string? reason, DateTimeOffset now)
    {
        PaymentStatus = paymentStatus;
        Record($"payment_{paymentStatus}", Actor.Platform, now, reason);
    }
}
