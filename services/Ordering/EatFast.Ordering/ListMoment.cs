using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EatFast.Ordering;

/// <summary>A bound of a list: a moment, or a whole day as it is in Cameroon, where no hour was given.</summary>
public sealed record ListMoment(DateTimeOffset From, DateTimeOffset Until)
{
    private const int FirstYear = 2000;
    private const int LastYear = 2199;

    /// <summary>What is no moment of this age is refused as malformed.</summary>
    public static bool TryParse(string? text, IFormatProvider? provider, [NotNullWhen(true)] out ListMoment? moment)
    {
        moment = null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && IsOfThisAge(day.Year))
            moment = new(Sales.StartOf(day), Sales.StartOf(day.AddDays(1)).AddTicks(-10));
        else if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && IsOfThisAge(at.Year))
            moment = new(at.ToUniversalTime(), at.ToUniversalTime());
        return moment is not null;
    }

    private static bool IsOfThisAge(int year) => year is >= FirstYear and <= LastYear;
}
