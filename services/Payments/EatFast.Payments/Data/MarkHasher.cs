using System.Globalization;
using EatFast.Payments.Contracts;

namespace EatFast.Payments.Data;

/// <summary>The keyed hashes by which phones, devices and addresses are recognised without being kept.</summary>
public sealed class MarkHasher(byte[] key)
{
    public const string Purpose = DeviceMark.Purpose;

    // A two-thousandth of a degree is some fifty metres: a house, not a quarter.
    private const double CellsPerDegree = 2_000;

    public string Of(string kind, string value) => DeviceMark.Of(key, kind, value);

    public string OfPlace(double latitude, double longitude) => Of(RiskMark.Address, string.Create(
        CultureInfo.InvariantCulture, $"{Math.Round(latitude * CellsPerDegree)},{Math.Round(longitude * CellsPerDegree)}"));
}
