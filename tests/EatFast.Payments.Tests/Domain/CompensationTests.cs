using EatFast.Payments.Domain;

namespace EatFast.Payments.Tests.Domain;

/// <summary>Every way an order can stop, met by every state its money can be in: what came goes back once.</summary>
public sealed class CompensationTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["the customer cancels"] = PaymentStatus.Cancelled,
        ["an administrator cancels"] = PaymentStatus.Cancelled,
        ["the restaurant refuses"] = PaymentStatus.Cancelled,
        ["the restaurant is silent"] = PaymentStatus.Cancelled,
        ["the payment is overdue"] = PaymentStatus.Expired
    };

    private sealed record State(Action<Payment> Before, Action<Payment> After, int Refunds, string? Status = null);

    private static readonly Dictionary<string, State> States = new()
    {
        ["nobody has tried to pay"] = new(Nothing, Nothing, 0),
        ["a prompt is recorded, not sent"] = new(payment => Prompt(payment), Nothing, 0),
        ["a prompt is open and is refused"] = new(Accepted, payment => payment.Fail(First(payment), "refused", Now), 0),
        ["a prompt is open and is paid"] = new(Accepted, Paid, 1),
        ["the answer is lost and nothing comes"] = new(Lost, payment => payment.Expire(First(payment), null, Now), 0),
        ["the answer is lost and the money comes"] = new(Lost, Paid, 1),
        ["we have given up and the money comes"] = new(GivenUp, Paid, 1),
        ["the payment failed"] = new(payment => payment.Fail(Prompt(payment), "refused", Now), Nothing, 0),
        ["the order is paid"] = new(payment => Receive(payment, Prompt(payment)), Nothing, 1),
        ["the order is paid twice"] = new(PaidTwice, Nothing, 2),
        ["cash is approved"] = new(payment => payment.AuthorizeCash(new CashRisk(100_000), Now), Nothing, 0),
        ["cash is approved and the driver takes it all the same"] = new(
            payment => payment.AuthorizeCash(new CashRisk(100_000), Now), payment => payment.CollectCash(Now), 0),
        ["cash was taken at the door"] = new(CashTaken, Nothing, 0, PaymentStatus.Completed)
    };

    public static TheoryData<string, string> Table
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var reason in Reasons.Keys)
                foreach (var state in States.Keys)
                    rows.Add(reason, state);
            return rows;
        }
    }

    [Theory, MemberData(nameof(Table))]
    public void What_was_paid_goes_back_once(string reason, string state)
    {
        var (payment, expected) = (APayment(), States[state]);

        expected.Before(payment);
        payment.Stop(Reasons[reason], Now);
        payment.Stop(PaymentStatus.Cancelled, Now);
        expected.After(payment);
        payment.Stop(PaymentStatus.Expired, Now);
        foreach (var refund in Refunds(payment))
            payment.Return(refund, refund.ExternalReference, Now);

        Assert.Equal(expected.Refunds, Refunds(payment).Count);
        Assert.Equal(expected.Refunds, Refunds(payment).Select(refund => refund.RefundOf).Distinct().Count());
        Assert.Equal(expected.Refunds == 0 ? 0 : payment.AmountXaf, payment.RefundedXaf);
        Assert.Equal(expected.Status ?? (expected.Refunds == 0 ? Reasons[reason] : PaymentStatus.Refunded), payment.Status);
        Assert.DoesNotContain(payment.Attempts, attempt => attempt.Status == AttemptStatus.Created);
    }

    [Fact]
    public void Money_that_comes_late_for_an_order_that_goes_on_in_cash_goes_back_and_the_cash_stands()
    {
        var payment = APayment();
        GivenUp(payment);
        payment.AuthorizeCash(new CashRisk(100_000), Now);

        Assert.False(payment.Receive(First(payment), "late", Now));
        Assert.False(payment.Return(Assert.Single(Refunds(payment)), "back", Now));

        Assert.Equal((PaymentStatus.Authorized, 0), (payment.Status, payment.RefundedXaf));
        Assert.True(payment.CollectCash(Now));
    }

    [Fact]
    public void A_refund_that_nobody_heard_of_keeps_its_reference_when_it_is_said_again()
    {
        var payment = APayment();
        Receive(payment, Prompt(payment));
        payment.Stop(PaymentStatus.Cancelled, Now);
        var refund = Assert.Single(Refunds(payment));
        var reference = refund.ExternalReference;
        payment.Lose(refund, "NO_ANSWER", Now, Now);

        Assert.True(refund.IsUnheardRefund);
        refund.SendAgain(Now);

        Assert.Equal((AttemptStatus.Created, reference, true), (refund.Status, refund.ExternalReference, refund.MayHaveMoved));
        payment.Lose(refund, ProviderAnswers.KnownThere, Now, Now);
        Assert.False(refund.IsUnheardRefund);
    }

    private static void Nothing(Payment payment) => Assert.NotNull(payment);

    private static Attempt Prompt(Payment payment) => payment.StartCollect(Guid.NewGuid(), new Purse(PaymentMethods.CamPay, "sealed", "mtn"), Now, Lifetime);

    private static Attempt First(Payment payment) => payment.Attempts[0];

    private static void Accepted(Payment payment) => payment.Accept(Prompt(payment), new SendResult(SendOutcome.Accepted, "first"), Now, Now);

    private static void Lost(Payment payment) => payment.Lose(Prompt(payment), "NO_ANSWER", Now, Now);

    private static void GivenUp(Payment payment)
    {
        Lost(payment);
        payment.Expire(First(payment), Now, Now);
    }

    private static void Paid(Payment payment) => Receive(payment, First(payment));

    private static void PaidTwice(Payment payment)
    {
        GivenUp(payment);
        Receive(payment, payment.StartCollect(Guid.NewGuid(), new Purse(PaymentMethods.CamPay, "sealed", "mtn"), Now.AddMinutes(1), Lifetime));
        Paid(payment);
    }

    private static void CashTaken(Payment payment)
    {
        payment.AuthorizeCash(new CashRisk(100_000), Now);
        payment.CollectCash(Now);
    }

    private static void Receive(Payment payment, Attempt collect) => payment.Receive(collect, collect.ExternalReference, Now);

    private static List<Attempt> Refunds(Payment payment) => [.. payment.Attempts.Where(attempt => !attempt.IsCollect)];

    private static Payment APayment() =>
        Payment.Of(new OrderToPay(Guid.NewGuid(), "EF-1", Guid.NewGuid(), Guid.NewGuid(), 5_500, PaymentMethods.CamPay), Now);
}
