using System.Text.RegularExpressions;
using EatFast.ProviderSimulator.State;

namespace EatFast.ProviderSimulator.Providers.CamPay;

internal sealed record Operator(string Name, string UssdCode, long MinimumXaf);

/// <summary>Deduces the carrier from the number, for the caller cannot choose it; Nexttel and Camtel have no mobile money.</summary>
internal sealed partial class Operators(CamPayOptions options)
{
    public static readonly Operator Mtn = new("MTN", "*126#", 5);
    public static readonly Operator Orange = new("Orange", "#150*50#", 10);

    private static readonly Dictionary<string, bool> TestNumbers = new()
    {
        ["237677777777"] = true,
        ["237677777770"] = false,
        ["237699999999"] = true,
        ["237699999990"] = false,
    };

    private readonly string[] mtn = Split(options.MtnPrefixes);
    private readonly string[] orange = Split(options.OrangePrefixes);

    public static bool IsNumber(string? phone) => phone is not null && Number().IsMatch(phone);

    public static bool? TestOutcome(string phone) =>
        TestNumbers.TryGetValue(phone, out var succeeds) ? succeeds : ScriptedFaults.IsScripted(phone) ? true : null;

    public Operator? Of(string phone)
    {
        var local = phone[3..];
        if (mtn.Any(prefix => local.StartsWith(prefix, StringComparison.Ordinal)))
            return Mtn;
        return orange.Any(prefix => local.StartsWith(prefix, StringComparison.Ordinal)) ? Orange : null;
    }

    private static string[] Split(string prefixes) =>
        prefixes.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"\A237[0-9]{9}\z")]
    private static partial Regex Number();
}
