using EatFast.Drills.Checking;

namespace EatFast.Drills.Invariants;

/// <summary>I5: the provider's own books are the truth: nobody is charged twice, and what was paid for nothing came back once.</summary>
internal sealed class ProviderAgrees : IInvariant
{
    private static readonly string[] Stopped = ["cancelled", "rejected", "expired"];

    public string Id => "I5";

    public string Promise => "at most one charge per payment at the provider, and one refund when the order stopped";

    public void Check(Evidence evidence, Findings findings)
    {
        var attempts = evidence.Attempts.ToDictionary(attempt => attempt.ExternalReference);
        var known = evidence.Payments.ToDictionary(payment => payment.Id);
        var orders = evidence.Orders.ToDictionary(order => order.Id);
        var moved = evidence.Movements.Where(movement => movement.Succeeded).ToList();
        foreach (var movement in moved)
            findings.Expect(
                attempts.ContainsKey(movement.ExternalReference),
                () => $"{movement.Endpoint} of {movement.AmountXaf} XAF has reference {movement.ExternalReference}, which we do not know");

        var byPayment = moved.Where(movement => attempts.ContainsKey(movement.ExternalReference))
            .ToLookup(movement => attempts[movement.ExternalReference].PaymentId);
        foreach (var payment in evidence.Payments.Where(payment => payment.Method != "cash" || byPayment[payment.Id].Any()))
            Judge(payment, [.. byPayment[payment.Id]], orders.GetValueOrDefault(payment.OrderId), findings);
        foreach (var stranger in byPayment.Where(group => !known.ContainsKey(group.Key)))
            findings.Report($"the provider moved money for payment {stranger.Key}, which is not stored");
    }

    private static void Judge(PaymentRow payment, List<Movement> moved, OrderRow? order, Findings findings)
    {
        var collects = moved.Where(movement => movement.IsCollect).ToList();
        var refunds = moved.Where(movement => !movement.IsCollect).ToList();
        findings.Expect(collects.Count <= 1, () => $"order {payment.OrderId} was charged {collects.Count} times");
        findings.Expect(refunds.Count <= collects.Count,
            () => $"order {payment.OrderId}: {collects.Count} charges, {refunds.Count} refunds");
        var keptXaf = collects.Sum(movement => movement.AmountXaf) - refunds.Sum(movement => movement.AmountXaf);
        if (order is null)
            findings.Report($"payment {payment.Id} belongs to order {payment.OrderId}, which is not stored");
        else if (Stopped.Contains(order.Status))
            findings.Expect(keptXaf == 0, () => $"order {order.Id} is {order.Status}, and {keptXaf} XAF of the customer stayed here");
        else if (order.Status is "delivered" or "completed")
            findings.Expect(
                payment.Method == "cash" ? keptXaf == 0 : keptXaf == order.TotalXaf,
                () => $"order {order.Id} is {order.Status} for {order.TotalXaf} XAF, and {keptXaf} XAF were collected");
    }
}
