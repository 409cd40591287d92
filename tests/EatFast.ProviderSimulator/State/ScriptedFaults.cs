namespace EatFast.ProviderSimulator.State;

/// <summary>
/// Misfortunes without a call to the control API: a header of the request names them, or the last two digits of a number made for it
/// (2376790009NN at MTN, 2376990009NN at Orange; NN counts the kinds from 01). Each is ordered for this one request.
/// </summary>
internal static class ScriptedFaults
{
    public const string Header = "X-Simulate-Fault";
    private static readonly string[] Ranges = ["2376790009", "2376990009"];

    public static bool IsScripted(string phone) => Ranges.Any(range => phone.StartsWith(range, StringComparison.Ordinal));

    public static void Order(HttpContext http, FaultBoard board, string provider, string phone, string endpoint, IReadOnlyList<string> kinds)
    {
        foreach (var kind in Asked(http, phone, kinds))
            board.Add(provider, phone, kind, endpoint, 1);
    }

    private static IEnumerable<string> Asked(HttpContext http, string phone, IReadOnlyList<string> kinds)
    {
        var named = http.Request.Headers[Header].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (IsScripted(phone) && int.TryParse(phone[^2..], out var number) && number >= 1 && number <= kinds.Count)
            named = [.. named, kinds[number - 1]];
        return named.Where(kinds.Contains).Distinct();
    }
}
