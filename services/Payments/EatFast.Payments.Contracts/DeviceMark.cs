using System.Security.Cryptography;
using System.Text;

namespace EatFast.Payments.Contracts;

/// <summary>How a device is told of without being named: by a keyed hash, so that who sees it twice knows it again and nobody learns it.</summary>
public static class DeviceMark
{
    public const string Purpose = "payments/risk-marks";
    public const string Header = "X-Device-Id";
    public const string Kind = "device";
    /// <summary>Of a number that a guest has proven, in the same way.</summary>
    public const string ProvenPhoneKind = "proven_phone";

    private const int Length = 16;
    private const int LongestName = 200;

    /// <summary>Null for what is no name of a device.</summary>
    public static string? Of(byte[] key, string? device) => device is { Length: > 0 and <= LongestName } ? Of(key, Kind, device) : null;

    public static string Of(byte[] key, string kind, string value) => Convert.ToHexStringLower(
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{kind}|{value}")).AsSpan(0, Length));
}
