using EatFast.Payments.Clients;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;

namespace EatFast.Payments;

/// <summary>
/// A second mobile-money provider for a payer whose first one could not even begin: only after the first attempt is known dead,
/// and never because the payer said no.
/// </summary>
internal sealed class Failover(NouPayOptions noupay, PaymentLimits limits, PhoneCipher cipher, PollSchedule schedule)
{
    /// <summary>NouPay takes multiples of five francs only.</summary>
    private const int Step = 5;

    /// <summary>True when the payment goes on elsewhere, so that nobody has to be told of the failure.</summary>
    public bool TryGoOn(Payment payment, Attempt dead, DateTimeOffset now)
    {
        var isOurFault = dead is { IsCollect: true, Status: AttemptStatus.Failed, Provider: PaymentMethods.CamPay }
            && dead.Reason is "PROVIDER_UNAVAILABLE" or "PROVIDER_REFUSED";
        var isWanted = payment is { StoppedAs: null, CompletedAt: null, OpenCollect: null } && payment.Status == PaymentStatus.Failed;
        var fits = payment.AmountXaf % Step == 0
            && payment.AmountXaf >= limits.NouPayMinimumXaf && payment.AmountXaf <= limits.NouPayMaximumXaf;
        if (!noupay.IsOn || !isOurFault || !isWanted || !fits || dead.SealedPhone is not { } box)
            return false;
        var id = Guid.CreateVersion7(now);
        var phone = MobileNumber.Parse(cipher.Open(box, dead.Id))!;
        payment.StartCollect(id, new Purse(PaymentMethods.NouPay, cipher.Seal(phone, id), dead.Operator), now, schedule.Lifetime);
        return true;
    }
}
