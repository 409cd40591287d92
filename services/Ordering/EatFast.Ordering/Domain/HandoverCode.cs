using System.Globalization;
using System.Security.Cryptography;

namespace EatFast.Ordering.Domain;

/// <summary>Four digits that prove who hands the food to whom; not guessable from anything else about the order.</summary>
public static class HandoverCode
{
    public static string New() => RandomNumberGenerator.GetInt32(10_000).ToString("D4", CultureInfo.InvariantCulture);
}
