using EatFast.Errors;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;

namespace EatFast.Payments;

/// <summary>Starts a charge of a phone: only recorded here, under a reference of its own, and sent to the provider right afterwards.</summary>
internal sealed class MobileMoney(
    PhoneCipher cipher, Operators operators, PaymentLimits limits, PollSchedule schedule, TimeProvider clock)
{
    /// <summary>An open charge of the same number is the same wish. Refuses with PHONE_OPERATOR_UNSUPPORTED and AMOUNT_OUT_OF_RANGE.</summary>
    public PaymentStarted Start(Payment payment, string provider, MobileNumber phone, bool isEnglish)
    {
        var carrier = operators.Find(phone) ?? throw new RuleViolatedException("PHONE_OPERATOR_UNSUPPORTED");
        var (minimum, maximum) = limits.Of(provider);
        if (payment.AmountXaf < minimum || payment.AmountXaf > maximum)
            throw new RuleViolatedException("AMOUNT_OUT_OF_RANGE", ("minimum", minimum), ("maximum", maximum));
        var now = clock.GetUtcNow();
        var open = payment.OpenCollect;
        if (open?.SealedPhone is not { } box || cipher.Open(box, open.Id) != phone.Msisdn)
        {
            var id = Guid.CreateVersion7(now);
            open = payment.StartCollect(id, new Purse(provider, cipher.Seal(phone, id), carrier.Name), now, schedule.Lifetime);
        }
        return PaymentStarted.Of(payment) with
        {
            Operator = carrier.Name,
            UssdCode = carrier.UssdCode,
            Instructions = isEnglish
                ? $"Dial {carrier.UssdCode} and confirm with your PIN."
                : $"Composez {carrier.UssdCode} et validez avec votre code secret.",
            ExpiresAt = open.ExpiresAt
        };
    }
}
