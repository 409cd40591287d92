using System.Text.RegularExpressions;

namespace EatFast.Payments.Domain;

/// <summary>A Cameroonian number in the twelve digits that mobile-money providers want: 237XXXXXXXXX.</summary>
public sealed partial record MobileNumber
{
    private MobileNumber(string msisdn) => Msisdn = msisdn;

    public string Msisdn { get; }

    public static MobileNumber? Parse(string? text)
    {
        if (text is null || text.Length > 32)
            return null;
        var match = Written().Match(Separators().Replace(text, ""));
        return match.Success ? new MobileNumber($"237{match.Groups["national"].Value}") : null;
    }

    // Never in full in a log or an answer.
    public override string ToString() => $"*******{Msisdn[^2..]}";

    [GeneratedRegex(@"\A(?:\+237|00237|237)?(?<national>[26][0-9]{8})\z")]
    private static partial Regex Written();

    [GeneratedRegex(@"[ .()\-]")]
    private static partial Regex Separators();
}

/// <summary>A carrier with mobile money: its prompt code is what the payer dials when no prompt appears.</summary>
public sealed record MobileOperator(string Name, string UssdCode, IReadOnlyList<string> Prefixes);

/// <summary>Guesses the carrier from the number; numbers can be ported, so the provider's own answer decides in the end.</summary>
public sealed class Operators(IReadOnlyList<MobileOperator> known)
{
    public const string MtnPrefixes = "650,651,652,653,654,67,680,681,682,683";
    public const string OrangePrefixes = "655,656,657,658,659,69,686,687,688,689,640,641,642";

    public static Operators Of(string mtnPrefixes, string orangePrefixes) =>
        new([new("mtn", "*126#", Split(mtnPrefixes)), new("orange", "#150*50#", Split(orangePrefixes))]);

    public IEnumerable<string> Names => known.Select(carrier => carrier.Name);

    public MobileOperator? Find(MobileNumber number) => known.FirstOrDefault(carrier =>
        carrier.Prefixes.Any(prefix => number.Msisdn.AsSpan(3).StartsWith(prefix, StringComparison.Ordinal)));

    public MobileOperator? Named(string? name) => known.FirstOrDefault(carrier => carrier.Name == name);

    private static string[] Split(string prefixes) =>
        prefixes.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
