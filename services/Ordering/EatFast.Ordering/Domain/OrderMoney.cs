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
        var opens = Status == OrderStatus.Pending && !IsReleased;
        if (opens)
            (ReleasedAt, PaymentMethod) = (now, method);
        Record(opens ? OrderEvent.Released : $"payment_{paymentStatus}", Actor.Platform, now);
        // A millisecond later, so that ids made from these times keep the order of the two.
        if (opens && AcceptsAutomatically)
            Confirm(new Actor(ActorKind.Restaurant, RestaurantOwnerId), PreparationMinutes, now.AddMilliseconds(1));
    }

    /// <summary>One attempt failed; the order waits for another until its time is up.</summary>
    public void NotePaymentFailure(string reason, DateTimeOffset now)
    {
        if (PaymentStatus == Domain.PaymentStatus.Pending)
            NotePayment(Domain.PaymentStatus.Failed, reason, now);
    }

    public void NoteRefund(bool isFull, DateTimeOffset now)
    {
        if (PaymentStatus != Domain.PaymentStatus.Refunded)
            NotePayment(isFull ? Domain.PaymentStatus.Refunded : Domain.PaymentStatus.PartiallyRefunded, null, now);
    }

    private void NotePayment(string paymentStatus, string? reason, DateTimeOffset now)
    {
        PaymentStatus = paymentStatus;
        Record($"payment_{paymentStatus}", Actor.Platform, now, reason);
    }
}
