using EatFast.Drills.Checking;

namespace EatFast.Drills.Invariants;

/// <summary>I3: once the load has stopped and the timers have run, no order is left on its way.</summary>
internal sealed class OrdersEnd : IInvariant
{
    private static readonly string[] Ends = ["completed", "cancelled", "rejected", "expired"];

    public string Id => "I3";

    public string Promise => "every accepted order ends";

    public static bool IsOver(string status) => Ends.Contains(status);

    public void Check(Evidence evidence, Findings findings)
    {
        foreach (var order in evidence.Orders)
            findings.Expect(
                IsOver(order.Status),
                () => $"order {order.Id} ({order.Method}, payment {order.PaymentStatus}) is still {order.Status} after quiesce");
    }
}
