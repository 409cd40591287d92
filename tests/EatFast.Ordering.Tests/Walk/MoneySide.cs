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
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);
    private int _failedRefunds;

    public Payment? Payment { get; private set; }

    public Provider Provider => provider;

    public List<LedgerEntry> Ledger { get; } = [];

    public IReadOnlyList<Attempt> Unsent => Of(attempt => attempt.Status == AttemptStatus.Created || attempt.IsUnheardRefund);

    public IReadOnlyList<Attempt> Askable => Of(attempt => !attempt.IsFinal && attempt.Status != AttemptStatus.Created);

    public long Balance(string account) =>
        Ledger.SelectMany(entry => entry.Lines).Where(line => line.Account == account).Sum(line => line.AmountXaf);

    public void Open()
    {
        var payment = Payment ??= World.PaymentOf(world.Order, world.Now);
        if (payment.IsCash && payment.AuthorizeCash(Risk, world.Now))
            world.Post.Send(() => world.Orders.Change(order => order.Release(OrderMoney.Authorized, PaymentMethods.Cash, world.Now)));
    }

    public void Stop(string stoppedAs) => FindOrAdd().Stop(stoppedAs, world.Now);

    public void Pay(bool isCash)
    {
        var payment = FindOrAdd();
        payment.RequirePayable();
        if (!isCash)
            payment.StartCollect(Guid.NewGuid(), "sealed", "mtn", world.Now, Lifetime);
        else if (payment.AuthorizeCash(Risk, world.Now))
            world.Post.Send(() => world.Orders.Change(order => order.Release(OrderMoney.Authorized, PaymentMethods.Cash, world.Now)));
    }

    public void Send(Attempt attempt, int luck)
    {
        switch (luck)
        {
            case 0:
                Payment!.PutBack(attempt, world.Now, world.Now);
                break;
            case 1:
                Provider.Move(attempt);
                Payment!.Lose(attempt, "NO_ANSWER", world.Now, world.Now);
                break;
            case 2:
                Payment!.Lose(attempt, "NO_ANSWER", world.Now, world.Now);
                break;
            case 3 when !attempt.MayHaveMoved && (attempt.IsCollect || _failedRefunds++ < 3):
                Fail(attempt);
                break;
            default:
                Payment!.Accept(attempt, Provider.Move(attempt).Reference, world.Now, world.Now);
                break;
        }
    }

    public void Ask(Attempt attempt)
    {
        var movement = Provider.Find(attempt);
        if (movement?.Succeeded == true)
            Succeed(attempt, movement.Reference);
        else if (movement?.Succeeded == false)
            Fail(attempt);
        else if (attempt is { IsCollect: true, IsOpen: true } && world.Now >= attempt.ExpiresAt)
            Payment!.Expire(attempt, world.Now, world.Now);
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
        Ledger.Add(LedgerEntry.CashCollected(payment, holder, world.Now));
        if (payment.StoppedAs is null)
            world.Post.Send(() => world.Orders.Change(order => order.Release(OrderMoney.Paid, PaymentMethods.Cash, world.Now)));
    }

    public void Settle(Guid? driverId)
    {
        var payment = FindOrAdd();
        TakeCash(driverId!.Value);
        Assert.True(payment is { CompletedAt: not null, StoppedAs: null }, $"a delivered order is {payment.Status}");
        if (!Ledger.Exists(entry => entry.Kind == "settlement"))
            Ledger.Add(LedgerEntry.Settled(payment, World.FeeXaf, driverId, world.Now));
    }

    private void Succeed(Attempt attempt, string reference)
    {
        var payment = Payment!;
        Ledger.Add(attempt.IsCollect
            ? LedgerEntry.Captured(payment, attempt, world.Now)
            : LedgerEntry.Refunded(payment, attempt, world.Now));
        if (attempt.IsCollect && payment.Receive(attempt, reference, world.Now))
            world.Post.Send(() => world.Orders.Change(order => order.Release(OrderMoney.Paid, PaymentMethods.CamPay, world.Now)));
        else if (!attempt.IsCollect && payment.Return(attempt, reference, world.Now))
            world.Post.Send(() => world.Orders.Change(order => order.NoteRefund(payment.RefundedXaf == payment.AmountXaf, world.Now)));
    }

    private void Fail(Attempt attempt)
    {
        if (Payment!.Fail(attempt, "FAILED", world.Now))
            world.Post.Send(() => world.Orders.Change(order => order.NotePaymentFailure("FAILED", world.Now)));
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
