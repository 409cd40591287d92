using EatFast.Drills.Checking;

namespace EatFast.Drills.Invariants;

/// <summary>I12: Ordering, Payments, Delivery and Notifications tell of an order what can be true together.</summary>
internal sealed class ServicesAgree : IInvariant
{
    private const string None = "none";
    private static readonly string[] Unpaid = ["pending", "authorized", "failed", "cancelled", "expired", "refunded"];
    private static readonly string[] Unridden = [None, "cancelled", "failed"];

    // For an order that is over: what its payment, as Ordering and as Payments know it, and its delivery may be.
    private static readonly Dictionary<string, (string[] Noted, string[] Payment, string[] Delivery)> Allowed = new()
    {
        ["completed"] = (["paid"], ["completed"], ["delivered"]),
        ["cancelled"] = (Unpaid, Unpaid, Unridden),
        ["rejected"] = (Unpaid, Unpaid, Unridden),
        ["expired"] = (Unpaid, Unpaid, Unridden)
    };

    public string Id => "I12";

    public string Promise => "the services agree about every order";

    public void Check(Evidence evidence, Findings findings)
    {
        var payments = evidence.Payments.ToLookup(payment => payment.OrderId);
        var deliveries = evidence.Deliveries.ToLookup(delivery => delivery.OrderId);
        var followed = evidence.Followed.ToLookup(row => row.OrderId);
        foreach (var order in evidence.Orders.Where(order => Allowed.ContainsKey(order.Status)))
        {
            var (noted, paid, ridden) = Allowed[order.Status];
            var payment = payments[order.Id].FirstOrDefault()?.Status ?? None;
            var delivery = deliveries[order.Id].FirstOrDefault()?.Status ?? None;
            findings.Expect(
                noted.Contains(order.PaymentStatus) && paid.Contains(payment) && ridden.Contains(delivery),
                () => $"order {order.Id} is {order.Status} and {order.PaymentStatus}, Payments says {payment}, Delivery says {delivery}");
            var seen = followed[order.Id].FirstOrDefault()?.Status ?? None;
            findings.Expect(seen == order.Status,
                () => $"order {order.Id} is {order.Status}, whoever follows it live was last told {seen}");
        }
    }
}
