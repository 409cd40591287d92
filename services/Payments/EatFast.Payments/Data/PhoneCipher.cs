using EatFast.Payments.Domain;
using EatFast.Security;

namespace EatFast.Payments.Data;

/// <summary>Seals the payer's number, bound to the attempt it belongs to so that it cannot be moved to another one.</summary>
public sealed class PhoneCipher(FieldCipher cipher)
{
    public const string Purpose = "payments.phone";

    public string Seal(MobileNumber phone, Guid attemptId) => cipher.Seal(phone.Msisdn, Place(attemptId));

    public string Open(string sealedPhone, Guid attemptId) => cipher.Open(sealedPhone, Place(attemptId));

    internal static string Place(Guid attemptId) => $"payment_attempts|sealed_phone|{attemptId}";
}
