using EatFast.Drills.Checking;

namespace EatFast.Drills.Invariants;

/// <summary>I6: every booking sums to zero, and so does the whole ledger.</summary>
internal sealed class LedgerBalances : IInvariant
{
    public string Id => "I6";

    public string Promise => "each ledger entry and the whole ledger sum to zero";

    public void Check(Evidence evidence, Findings findings)
    {
        foreach (var entry in evidence.Ledger.GroupBy(line => line.EntryId))
            findings.Expect(entry.Sum(line => line.AmountXaf) == 0,
                () => $"entry {entry.Key} sums to {entry.Sum(line => line.AmountXaf)} XAF");
        foreach (var booked in evidence.Ledger.GroupBy(line => (line.Kind, line.SourceId)))
            findings.Expect(
                booked.Select(line => line.EntryId).Distinct().Count() == 1, () =>
                    $"{booked.Key.Kind} of {booked.Key.SourceId} is booked twice");
    }
}
