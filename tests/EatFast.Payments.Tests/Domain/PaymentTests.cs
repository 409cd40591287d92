using System.Security.Cryptography;
using EatFast.Errors;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;

namespace EatFast.Payments.Tests.Domain;

public sealed class PaymentTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    [Fact]
    public void A_second_charge_is_sent_back_and_the_payment_stands()
    {
        var payment = APayment();
        var first = payment.StartCollect(Guid.NewGuid(), new Purse(PaymentMethods.CamPay, "sealed", "mtn"), Now, Lifetime);
        payment.Lose(first, "NO_ANSWER", null, Now);
        payment.Expire(first, null, Now);
        var second = payment.StartCollect(Guid.NewGuid(), new Purse(PaymentMethods.CamPay, "sealed", "mtn"), Now.AddMinutes(1), Lifetime);

        Assert.True(payment.Receive(second, "b", Now));
        Assert.False(payment.Receive(first, "a", Now));
        var refund = payment.Attempts.Single(attempt => attempt.RefundOf == first.Id);
        Assert.False(payment.Return(refund, "c", Now));

        Assert.Equal(PaymentStatus.Completed, payment.Status);
        Assert.Equal(0, payment.RefundedXaf);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Late_news_of_an_old_attempt_leaves_the_agreed_cash_alone(bool isFailure)
    {
        var payment = APayment();
        var attempt = payment.StartCollect(Guid.NewGuid(), new Purse(PaymentMethods.CamPay, "sealed", "mtn"), Now, Lifetime);
        payment.Expire(attempt, Now, Now);
        payment.AuthorizeCash(new CashRisk(100_000), Now);

        if (isFailure)
            Assert.False(payment.Fail(attempt, "REFUSED", Now));
        else
            payment.Expire(attempt, null, Now);

        Assert.Equal(PaymentStatus.Authorized, payment.Status);
        Assert.Null(payment.Reason);
    }

    [Fact]
    public void A_charge_that_was_not_sent_is_dropped_when_the_order_stops()
    {
        var payment = APayment();
        var attempt = payment.StartCollect(Guid.NewGuid(), new Purse(PaymentMethods.CamPay, "sealed", "mtn"), Now, Lifetime);

        payment.Stop(PaymentStatus.Cancelled, Now);

        Assert.Equal(AttemptStatus.Failed, attempt.Status);
        Assert.Equal(PaymentStatus.Cancelled, payment.Status);
        Assert.Equal("ORDER_NOT_PAYABLE", Assert.Throws<RuleViolatedException>(payment.RequirePayable).Code);
    }

    [Fact]
    public void A_refund_that_failed_for_certain_is_tried_again_a_few_times()
    {
        var payment = APayment();
        payment.Receive(payment.StartCollect(Guid.NewGuid(), new Purse(PaymentMethods.CamPay, "sealed", "mtn"), Now, Lifetime), "a", Now);
        payment.Stop(PaymentStatus.Cancelled, Now);

        while (payment.Attempts.FirstOrDefault(attempt => attempt is { IsCollect: false, IsFinal: false }) is { } refund)
            payment.Fail(refund, "PROVIDER_FLOAT_TOO_LOW", Now);

        var refunds = payment.Attempts.Where(attempt => !attempt.IsCollect).ToList();
        Assert.Equal(6, refunds.Count);
        Assert.Equal(6, refunds.Select(refund => refund.ExternalReference).Distinct().Count());
        Assert.Equal(PaymentStatus.Completed, payment.Status);
    }

    [Fact]
    public void The_provider_is_asked_often_first_then_hourly_then_never()
    {
        var schedule = new PollSchedule(TimeSpan.FromSeconds(1));
        var attempt = APayment().StartCollect(Guid.NewGuid(), new Purse(PaymentMethods.CamPay, "sealed", "mtn"), Now, Lifetime);

        Assert.InRange(PauseAfter(TimeSpan.FromSeconds(10)), 3, 5);
        Assert.Equal(30, PauseAfter(TimeSpan.FromMinutes(10)));
        Assert.Equal(3_600, PauseAfter(TimeSpan.FromMinutes(15)));
        Assert.Null(schedule.Next(attempt, Now.AddHours(24)));
        Assert.Equal(Now.AddHours(3).AddSeconds(30), schedule.Next(attempt, Now.AddHours(3), wasUnanswered: true));

        double PauseAfter(TimeSpan age) => (schedule.Next(attempt, Now + age)!.Value - Now - age).TotalSeconds;
    }

    [Theory]
    [InlineData("670000000", "mtn")]
    [InlineData("+237 6 80 00 00 00", "mtn")]
    [InlineData("00237690000000", "orange")]
    [InlineData("237640000000", "orange")]
    [InlineData("685000000", null)]
    [InlineData("233000000", null)]
    public void The_carrier_follows_from_the_number(string phone, string? carrier) =>
        Assert.Equal(carrier, Operators.Of(Operators.MtnPrefixes, Operators.OrangePrefixes).Find(MobileNumber.Parse(phone)!)?.Name);

    [Fact]
    public void A_sealed_number_opens_only_on_its_own_row()
    {
        var cipher = new PhoneCipher(new FieldCipher(PhoneCipher.Purpose, "a secret of thirty-two characters or more", []));
        var row = Guid.NewGuid();
        var box = cipher.Seal(MobileNumber.Parse("677777777")!, row);

        Assert.Equal("237677777777", cipher.Open(box, row));
        Assert.Throws<AuthenticationTagMismatchException>(() => cipher.Open(box, Guid.NewGuid()));
        Assert.DoesNotContain("677777", $"{MobileNumber.Parse("677777777")}", StringComparison.Ordinal);
    }

    private static Payment APayment() =>
        Payment.Of(new OrderToPay(Guid.NewGuid(), "EF-1", Guid.NewGuid(), Guid.NewGuid(), 5_500, PaymentMethods.CamPay), Now);
}
