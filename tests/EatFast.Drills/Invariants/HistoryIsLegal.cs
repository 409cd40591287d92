using EatFast.Drills.Checking;

namespace EatFast.Drills.Invariants;

/// <summary>I4: the history is gapless and a legal path. The table is written down here once more on purpose: a mistake in the
/// product's own table has to show.</summary>
internal sealed class HistoryIsLegal : IInvariant
{
    private static readonly Dictionary<string, string[]> Next = new()
    {
        ["pending"] = ["confirmed", "rejected", "cancelled", "expired"],
        ["confirmed"] = ["preparing", "cancelled"],
        ["preparing"] = ["ready", "cancelled"],
        ["ready"] = ["picked_up", "cancelled"],
        ["picked_up"] = ["in_transit", "cancelled"],
        ["in_transit"] = ["delivered", "cancelled"],
        ["delivered"] = ["completed"],
        ["completed"] = [],
        ["cancelled"] = [],
        ["rejected"] = [],
        ["expired"] = []
    };

    public string Id => "I4";

    public string Promise => "history is gapless and a legal path";

    public void Check(Evidence evidence, Findings findings)
    {
        var histories = evidence.History.ToLookup(row => row.OrderId);
        foreach (var order in evidence.Orders)
        {
            var history = histories[order.Id].OrderBy(row => row.Version).ToList();
            findings.Expect(
                history.Select(row => row.Version).SequenceEqual(Enumerable.Range(1, order.Version)),
                () => $"order {order.Id} has version {order.Version}, its history {string.Join(",", history.Select(row => row.Version))}");
            findings.Expect(
                history.Count > 0 && history[0].Status == "pending" && history[^1].Status == order.Status,
                () => $"order {order.Id} is {order.Status}, its history ends at {history.LastOrDefault()?.Status ?? "nothing"}");
            foreach (var (before, after) in history.Zip(history.Skip(1)))
                findings.Expect(
                    before.Status == after.Status || Next.GetValueOrDefault(before.Status)?.Contains(after.Status) == true,
                    () => $"order {order.Id} went from {before.Status} to {after.Status} at version {after.Version}");
        }
    }
}
