namespace EatFast.ProviderSimulator.State;

/// <summary>
/// Misfortunes without a call to the control API: a header of the request names them, or the last two digits of a number made for it
/// (2376790009NN at MTN, 2376990009NN at Orange, for a card the amount 9009NN; NN counts the kinds from 01). Each is ordered for this
/// one request.
/// </summary>
internal static class ScriptedFaults
{
    public const string Header = "X-Simulate-Fault";
    private static readonly string[] Ranges = ["2376790009", "2376990009", "9009"];

    public static bool IsScripted(string number) =>
        Ranges.Any(range => number.Length == range.Length + 2 && number.StartsWith(range, StringComparison.Ordinal));

    /// <param name="http">The request, which may name kinds in its header.</param>
    /// <param name="board">Where they are ordered.</param>
    /// <param name="provider">Whose misfortune.</param>
    /// <param name="who">Whose movement suffers it.</param>
    /// <param name="endpoint">At which call.</param>
    /// <param name="kinds">What can go wrong, as numbers count it.</param>
    /// <param name="number">The number that may be made for it, when it is not who.</param>
    public static void Order(
        HttpContext http, FaultBoard board, string provider, string who, string endpoint, IReadOnlyList<string> kinds, string? number = null)
    {
        foreach (var kind in Asked(http, number ?? who, kinds))
            board.Add(provider, who, kind, endpoint, 1);
    }

    private static IEnumerable<string> Asked(HttpContext http, string number, IReadOnlyList<string> kinds)
    {
        var named = http.Request.Headers[Header].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (IsScripted(number) && int.TryParse(number[^2..], out var place) && place >= 1 && place <= kinds.Count)
            named = [.. named, kinds[place - 1]];
        return named.Where(kinds.Contains).Distinct();
    }
}
