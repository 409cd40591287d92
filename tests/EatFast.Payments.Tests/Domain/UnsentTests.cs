using EatFast.Payments.Domain;

namespace EatFast.Payments.Tests.Domain;

/// <summary>What never leaves us is tried again for a day, and ends like a refusal then.</summary>
public sealed class UnsentTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly SendResult NotSent = new(SendOutcome.NotSent);
    private readonly AttemptCourse _course = new(new PollSchedule(TimeSpan.FromSeconds(3)));

    [Fact]
    public void A_payout_that_cannot_be_sent_fails_after_a_day()
    {
        var payout = Payout.Request(
            Guid.NewGuid(), new PayoutWish(Accounts.Wallet, Guid.NewGuid(), Guid.NewGuid(), 4_000, 0, null), "sealed", "mtn", Start);
        var payment = Payment.PayOut(payout, Start, TimeSpan.FromMinutes(15));

        var early = _course.Sent(payment, payment.Attempts[0], NotSent, Start.AddHours(23));
        var late = _course.Sent(payment, payment.Attempts[0], NotSent, Start.AddHours(24));

        Assert.Equal((Said.Nothing, Said.PayoutFailed), (early.Said, late.Said));
        Assert.Equal(AttemptStatus.Failed, payment.Attempts[0].Status);
    }

    [Fact]
    public void A_refund_that_cannot_be_sent_ends_in_the_wallet_and_its_later_tries_get_no_day_of_their_own()
    {
        var payment = APaidPayment();
        payment.Stop(PaymentStatus.Cancelled, Start);
        var (now, said) = (Start.AddHours(24), Said.Nothing);

        for (var tries = 0; tries < 6; tries++)
        {
            var refund = payment.Attempts.Single(attempt => attempt is { IsCollect: false, IsFinal: false });
            now = refund.DueAt > now ? refund.DueAt.Value : now;
            said = _course.Sent(payment, refund, NotSent, now).Said;
        }

        Assert.Equal((Said.Refunded, PaymentStatus.Refunded), (said, payment.Status));
        Assert.True(now < Start.AddHours(36));
    }

    [Fact]
    public void What_may_have_moved_before_is_asked_about_instead()
    {
        var payment = APaidPayment();
        payment.Stop(PaymentStatus.Cancelled, Start);
        var refund = payment.Attempts.Single(attempt => !attempt.IsCollect);
        _course.Sent(payment, refund, new SendResult(SendOutcome.Unknown, Reason: "NO_ANSWER"), Start);

        _course.Sent(payment, refund, NotSent, Start.AddHours(25));

        Assert.Equal(AttemptStatus.Unknown, refund.Status);
        Assert.Single(payment.Attempts, attempt => !attempt.IsCollect);
    }

    [Fact]
    public void A_spent_key_is_followed_by_the_next_one_once_and_not_behind_an_answer()
    {
        var payment = APaidPayment();
        payment.Stop(PaymentStatus.Cancelled, Start);
        var refund = payment.Attempts.Single(attempt => !attempt.IsCollect);
        var first = refund.Key;

        _course.Sent(payment, refund, Spent(1), Start);
        _course.Sent(payment, refund, Spent(1), Start);

        Assert.Equal((first, AttemptStatus.Created, true), (refund.ExternalReference, refund.Status, refund.MayHaveMoved));
        Assert.Equal((2, $"{first}-2"), (refund.KeyNumber, refund.Key));
        _course.Sent(payment, refund, new SendResult(SendOutcome.Accepted, "re_1"), Start);
        _course.Sent(payment, refund, Spent(2), Start);
        Assert.Equal((2, AttemptStatus.Processing, "re_1"), (refund.KeyNumber, refund.Status, refund.ProviderReference));
    }

    [Fact]
    public void After_a_day_no_further_key_is_taken()
    {
        var payment = APaidPayment();
        payment.Stop(PaymentStatus.Cancelled, Start);
        var refund = payment.Attempts.Single(attempt => !attempt.IsCollect);

        _course.Sent(payment, refund, Spent(1), Start.AddHours(24));

        Assert.Equal((1, AttemptStatus.Unknown, null), (refund.KeyNumber, refund.Status, refund.DueAt));
    }

    private static SendResult Spent(int key) => new(SendOutcome.KeySpent) { SpentKey = key };

    private static Payment APaidPayment()
    {
        var payment = Payment.Of(
            new OrderToPay(Guid.NewGuid(), "EF-1", Guid.NewGuid(), Guid.NewGuid(), 5_500, PaymentMethods.CamPay), Start);
        var charge = payment.StartCollect(Guid.NewGuid(), new Purse(PaymentMethods.CamPay), Start, TimeSpan.FromMinutes(15));
        payment.Receive(charge, "there", Start);
        return payment;
    }
}
