using EatFast.Drills.Checking;

namespace EatFast.Drills.Invariants;

/// <summary>I1 and I15: what a client was told exists, and nothing exists that no client asked for.</summary>
internal sealed class AcceptedOrdersExist : IInvariant
{
    public string Id => "I1";

    public string Promise => "an acknowledged order exists, and every order was asked for by somebody";

    public void Check(Evidence evidence, Findings findings)
    {
        var stored = evidence.Orders.CountBy(order => order.Id).ToDictionary();
        var placed = evidence.Calls.Where(call => call.Kind == ClientCall.PlaceOrder).ToList();
        foreach (var orderId in placed.Where(call => call.IsAcknowledged).Select(call => call.OrderId).Distinct())
            findings.Expect(
                orderId is { } id && stored.GetValueOrDefault(id) == 1,
                () => $"order {orderId} was acknowledged, and {stored.GetValueOrDefault(orderId ?? default)} are stored");

        var sentKeys = placed.Select(call => (call.Principal, call.Key)).ToHashSet();
        var askedFor = placed.Where(call => call.IsAcknowledged).Select(call => call.OrderId)
            .Concat(evidence.Keys.Where(key => sentKeys.Contains((key.Principal, key.Key))).Select(key => key.OrderId))
            .ToHashSet();
        foreach (var order in evidence.Orders)
            findings.Expect(askedFor.Contains(order.Id), () => $"order {order.Id} is stored, and nobody's journal knows of it");
    }
}
