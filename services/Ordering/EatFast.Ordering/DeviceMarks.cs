using System.Globalization;
using EatFast.Payments.Contracts;
using EatFast.Security;

namespace EatFast.Ordering;

/// <summary>Turns an order's device, or its proven number, into the mark by which Payments knows it again; the name itself goes no further.</summary>
internal sealed class DeviceMarks(IConfiguration configuration)
{
    private const int NationalDigits = 9;

    private readonly byte[] _key = Secrets.DeriveKey(configuration.RequireSecret("Security:EncryptionKey"), DeviceMark.Purpose);

    public string? Of(HttpContext http) => DeviceMark.Of(_key, http.Request.Headers[DeviceMark.Header].ToString());

    /// <summary>The same for a number, however it was written.</summary>
    public string OfProvenPhone(string phone)
    {
        var digits = string.Concat(phone.Where(char.IsDigit).Select(CharUnicodeInfo.GetDecimalDigitValue));
        return DeviceMark.Of(_key, DeviceMark.ProvenPhoneKind, digits[^NationalDigits..]);
    }
}
