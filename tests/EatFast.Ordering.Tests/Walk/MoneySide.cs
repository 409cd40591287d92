using EatFast.Ordering.Domain;
using EatFast.Payments.Domain;
using OrderMoney = EatFast.Ordering.Domain.PaymentStatus;
using PaymentMethods = EatFast.Payments.Domain.PaymentMethods;
using PaymentStatus = EatFast.Payments.Domain.PaymentStatus;

namespace EatFast.Ordering.Tests.Walk;

/// <summary>Payments without its host: the payment, its attempts at the provider, the ledger, and what Ordering is told of it.</summary>
internal sealed class MoneySide(World world, Provider provider)
{
    private static readonly CashRisk Risk = new(100_000);
    private const int CommissionPercent = 15;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);
    // Asked at any moment of the walk, and for ever.
    private static readonly AttemptCourse Course = new(new PollSchedule(TimeSpan.Zero) { LateLook = TimeSpan.FromDays(10_000) });
    private int _failedRefunds;

    public Payment? Payment { get; private set; }

    public Provider Provider => provider;

    public List<LedgerEntry> Ledger { get; } = [];

    public IReadOnlyList<Attempt> Unsent => Of(attempt => attempt.Status == AttemptStatus.Created || attempt.IsUnheardRefund);

    public IReadOnlyList<Attempt> Askable => Of(attempt => !attempt.IsFinal && attempt.Status != AttemptStatus.Created);

    public long Balance(string account) =>
        Ledger.SelectMany(entry => entry.Lines).Where(line => line.Account == account).Sum(line => line.AmountXaf);

    public string Describe() => string.Join("; ", Ledger.Select(entry =>
        $"{entry.Kind} {string.Join(", ", entry.Lines.Select(line => $"{line.Account} {line.AmountXaf}"))}"));

    public void Open()
    {
        var payment = Payment ??= World.PaymentOf(world.Order, world.Now);
        if (payment.IsCash && payment.AuthorizeCash(Risk, world.Now))
            world.Post.Send(() => world.Orders.Change(order => order.Release(OrderMoney.Authorized, PaymentMethods.Cash, world.Now)));
    }

    public void Stop(string stoppedAs)
    {
        var payment = FindOrAdd();
        var feeXaf = Math.Min(payment.RefundableXaf, payment.AmountXaf * world.Order.CancellationFeePercent / 100);
        if (payment.StoppedAs is null && feeXaf > 0)
            Ledger.Add(Bookings.CancellationFee(payment, feeXaf, CommissionPercent, world.Now));
        ReturnToWallet(payment, stopped => stopped.Stop(stoppedAs, world.Now, feeXaf));
    }

    public void Pay(bool isCash)
    {
        var payment = FindOrAdd();
        payment.RequirePayable();
        if (!isCash)
            payment.StartCollect(Guid.NewGuid(), new Purse(PaymentMethods.CamPay, "sealed", "mtn"), world.Now, Lifetime);
        else if (payment.AuthorizeCash(Risk, world.Now))
            world.Post.Send(() => world.Orders.Change(order => order.Release(OrderMoney.Authorized, PaymentMethods.Cash, world.Now)));
    }

    public void Send(Attempt attempt, int luck) => Take(attempt, Course.Sent(Payment!, attempt, AnswerOf(attempt, luck), world.Now));

    public void Ask(Attempt attempt)
    {
        var movement = Provider.Find(attempt);
        var status = movement?.Succeeded switch
        {
            true => ProviderState.Successful,
            false => ProviderState.Failed,
            null => "PENDING"
        };
        var state = movement is null ? null : new ProviderState(status, movement.AmountXaf, "XAF", attempt.ExternalReference, "FAILED");
        Take(attempt, Course.Told(Payment!, attempt, movement?.Reference ?? attempt.ProviderReference, state, world.Now));
    }

    public void Decide(int choice, int luck)
    {
        if (Provider.Pending is not { Count: > 0 } pending)
            return;
        var movement = pending[choice % pending.Count];
        movement.Succeeded = luck != 0 || (!movement.IsCollect && _failedRefunds++ >= 3);
    }

    public void TakeCash(Guid holder)
    {
        var payment = FindOrAdd();
        if (!payment.CollectCash(world.Now))
            return;
        Ledger.Add(Bookings.CashCollected(payment, holder, world.Now));
        if (payment.StoppedAs is not null)
            ReturnToWallet(payment, stopped => stopped.AmountXaf);
        else
            world.Post.Send(() => world.Orders.Change(order => order.Release(OrderMoney.Paid, PaymentMethods.Cash, world.Now)));
    }

    public void Settle(Guid? driverId)
    {
        var payment = FindOrAdd();
        TakeCash(driverId!.Value);
        Assert.True(payment is { CompletedAt: not null, StoppedAs: null }, $"a delivered order is {payment.Status}");
        if (!Ledger.Exists(entry => entry.Kind == EntryKind.Settlement))
            Ledger.Add(Bookings.Settled(payment, new PriceParts(World.FeeXaf), driverId, CommissionPercent, world.Now));
    }

    private SendResult AnswerOf(Attempt attempt, int luck)
    {
        switch (luck)
        {
            case 0:
                return new SendResult(SendOutcome.NotSent);
            case 1:
                Provider.Move(attempt);
                return new SendResult(SendOutcome.Unknown);
            case 2:
                return new SendResult(SendOutcome.Unknown);
            case 3 when !attempt.MayHaveMoved && (attempt.IsCollect || _failedRefunds++ < 3):
                return new SendResult(SendOutcome.Refused, Reason: "FAILED");
            default:
                return new SendResult(SendOutcome.Accepted, Provider.Move(attempt).Reference);
        }
    }

    private void Take(Attempt attempt, CourseStep step)
    {
        var payment = Payment!;
        if (step.Entry is { } entry)
            Ledger.Add(entry);
        if (step.Said == Said.Paid)
            world.Post.Send(() => world.Orders.Change(order => order.Release(OrderMoney.Paid, PaymentMethods.CamPay, world.Now)));
        else if (step.Said == Said.Refunded)
            NoteRefund(payment);
        else if (step.Said == Said.Failed)
            world.Post.Send(() => world.Orders.Change(order => order.NotePaymentFailure(attempt.Reason!, world.Now)));
    }

    private void ReturnToWallet(Payment payment, Func<Payment, long> owed)
    {
        var backXaf = owed(payment);
        if (backXaf == 0)
            return;
        payment.ReturnToWallet(backXaf, world.Now);
        Ledger.Add(Bookings.RefundedToWallet(payment, payment.Id, backXaf, world.Now));
        NoteRefund(payment);
    }

    private void NoteRefund(Payment payment)
    {
        var isFull = payment.RefundedXaf == payment.AmountXaf;
        world.Post.Send(() => world.Orders.Change(order => order.NoteRefund(isFull, world.Now)));
    }

    private Payment FindOrAdd()
    {
        if (Payment is { } known)
            return known;
        Payment = World.PaymentOf(world.Order, world.Now);
        if (OrderStatus.IsStopped(world.Order.Status))
            Payment.Stop(world.Order.Status == OrderStatus.Expired ? PaymentStatus.Expired : PaymentStatus.Cancelled, world.Now);
        return Payment;
    }

    private List<Attempt> Of(Predicate<Attempt> which) => [.. (Payment?.Attempts ?? []).Where(attempt => which(attempt))];
}
