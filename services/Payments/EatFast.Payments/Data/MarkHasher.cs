using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EatFast.Payments.Data;

/// <summary>The keyed hashes by which phones, devices and addresses are recognised without being kept.</summary>
public sealed class MarkHasher(byte[] key)
{
    public const string Purpose = "payments/risk-marks";

    private const int Length = 16;
    // A two-thousandth of a degree is some fifty metres: a house, not a quarter.
    private const double CellsPerDegree = 2_000;

    public string Of(string kind, string value) => Convert.ToHexStringLower(
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{kind}|{value}")).AsSpan(0, Length));

    public string OfPlace(double latitude, double longitude) => Of(RiskMark.Address, string.Create(
        CultureInfo.InvariantCulture, $"{Math.Round(latitude * CellsPerDegree)},{Math.Round(longitude * CellsPerDegree)}"));
}
