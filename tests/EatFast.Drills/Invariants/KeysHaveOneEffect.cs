using EatFast.Drills.Checking;

namespace EatFast.Drills.Invariants;

/// <summary>I2: a key of a client has one effect, and every repeat gets the very same bytes.</summary>
internal sealed class KeysHaveOneEffect : IInvariant
{
    public string Id => "I2";

    public string Promise => "one effect and one answer per idempotency key";

    public void Check(Evidence evidence, Findings findings)
    {
        foreach (var key in evidence.Calls.Where(call => call.Kind != ClientCall.AcceptJob)
            .GroupBy(call => (call.Kind, call.Principal, call.Key)))
        {
            var answers = key.Where(call => call.IsAcknowledged).Select(call => (call.Status, call.BodyHash)).Distinct().ToList();
            findings.Expect(answers.Count <= 1, () => $"{key.Key.Kind} with key {key.Key.Key} was answered in {answers.Count} ways");
        }
        foreach (var key in evidence.Keys.Where(key => key.OrderId is not null).GroupBy(key => (key.Principal, key.Key)))
            findings.Expect(
                key.Select(row => row.OrderId).Distinct().Count() == 1, () => $"key {key.Key.Key} is stored for several orders");

        foreach (var order in evidence.Payments.GroupBy(payment => payment.OrderId))
            findings.Expect(order.Count() == 1, () => $"order {order.Key} has {order.Count()} payments");
        // Without the key that a client sent, an order made by a repeat would only be seen here.
        var owners = evidence.Keys.Where(key => key.OrderId is not null).Select(key => key.OrderId!.Value).ToHashSet();
        foreach (var order in evidence.Orders)
            findings.Expect(owners.Contains(order.Id), () => $"order {order.Id} was stored without the answer to its key");
    }
}
