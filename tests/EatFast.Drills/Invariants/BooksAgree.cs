using EatFast.Drills.Checking;

namespace EatFast.Drills.Invariants;

/// <summary>I7: ledger, provider's statement and orders tell the same story.</summary>
internal sealed class BooksAgree : IInvariant
{
    public string Id => "I7";

    public string Promise => "ledger = provider's statement = orders";

    public void Check(Evidence evidence, Findings findings)
    {
        var attempts = evidence.Attempts.ToDictionary(attempt => attempt.Id);
        var moved = evidence.Movements.Where(movement => movement.Succeeded)
            .GroupBy(movement => movement.ExternalReference).ToDictionary(group => group.Key, group => group.Sum(one => one.AmountXaf));
        var clearing = evidence.Ledger.Where(line => line is { Account: "provider_clearing", Kind: "capture" or "refund" }).ToList();
        foreach (var line in clearing)
            findings.Expect(
                attempts.TryGetValue(line.SourceId, out var attempt)
                    && moved.GetValueOrDefault(attempt.ExternalReference) == Math.Abs(line.AmountXaf),
                () => $"{line.Kind} of {Math.Abs(line.AmountXaf)} XAF is booked for {line.SourceId}, of which the provider knows nothing");

        var booked = clearing.Select(line => line.SourceId).ToHashSet();
        foreach (var attempt in evidence.Attempts.Where(attempt => moved.ContainsKey(attempt.ExternalReference)))
            findings.Expect(
                booked.Contains(attempt.Id),
                () => $"the provider moved {moved[attempt.ExternalReference]} XAF for {attempt.Kind} {attempt.Id}, and nothing is booked");
        CheckEscrow(evidence, findings);
    }

    // Money waits in escrow under the order's id, and has to have gone to somebody once the order is over.
    private static void CheckEscrow(Evidence evidence, Findings findings)
    {
        var escrow = evidence.Ledger.Where(line => line.Account == "order_escrow").ToLookup(line => line.OwnerId);
        var settled = evidence.Ledger.Where(line => line.Kind == "settlement").Select(line => line.PaymentId).ToHashSet();
        var payments = evidence.Payments.ToLookup(payment => payment.OrderId);
        foreach (var order in evidence.Orders.Where(order => OrdersEnd.IsOver(order.Status)))
        {
            var leftXaf = escrow[order.Id].Sum(line => line.AmountXaf);
            findings.Expect(leftXaf == 0, () => $"order {order.Id} is {order.Status}, and {-leftXaf} XAF wait in its escrow");
            if (order.Status == "completed")
                findings.Expect(
                    payments[order.Id].Any(payment => settled.Contains(payment.Id)), () =>
                        $"order {order.Id} is completed, but was not settled");
        }
    }
}
