using System.Globalization;

namespace EatFast.Ordering.Domain;

/// <summary>The number people say on the phone, like EF-261122-7K3Q: the day in Cameroon and a scrambled counter.</summary>
public static class OrderNumber
{
    // Crockford's alphabet: no letter that is taken for a digit.
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 4;
    private static readonly TimeSpan Cameroon = TimeSpan.FromHours(1);

    /// <summary>Unique for a million orders a day: multiplying by an odd number only permutes the counter's last 20 bits.</summary>
    public static string From(long counter, DateTimeOffset now)
    {
        var scrambled = (counter * 670_807 + 104_729) & ((1 << (5 * Length)) - 1);
        var code = string.Create(Length, scrambled, (letters, bits) =>
        {
            for (var i = 0; i < letters.Length; i++)
                letters[i] = Letters[(int)(bits >> (5 * i)) & 31];
        });
        return string.Create(CultureInfo.InvariantCulture, $"EF-{now.ToOffset(Cameroon):yyMMdd}-{code}");
    }
}
