using System.ComponentModel.DataAnnotations;
using EatFast.Payments.Domain;

namespace EatFast.Payments;

/// <summary>The rules that all ways of starting a payment share for what the payer wrote.</summary>
internal static class PaymentInput
{
    public static IEnumerable<ValidationResult> Check(string? method, string? phone, string? currency)
    {
        var parsed = PaymentMethods.Parse(method);
        if (parsed is null)
            yield return new ValidationResult("Name a payment method: cash, campay, noupay, stripe or wallet.", ["Method"]);
        if (parsed is PaymentMethods.CamPay or PaymentMethods.NouPay && MobileNumber.Parse(phone) is null)
            yield return new ValidationResult("Give a Cameroonian mobile number such as +237677777777.", ["Phone"]);
        if (currency is not null && !currency.Equals("XAF", StringComparison.OrdinalIgnoreCase))
            yield return new ValidationResult("Payments are in XAF.", ["Currency"]);
    }
}
