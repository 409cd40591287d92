using EatFast.Drills.Checking;

namespace EatFast.Drills.Invariants;

/// <summary>I11: one driver, one job; one job, one driver; and whoever has none is free.</summary>
internal sealed class DriversHaveOneJob : IInvariant
{
    public string Id => "I11";

    public string Promise => "a driver has at most one job and a job at most one driver";

    public void Check(Evidence evidence, Findings findings)
    {
        foreach (var order in evidence.Deliveries.GroupBy(delivery => delivery.OrderId))
            findings.Expect(order.Count() == 1, () => $"order {order.Key} has {order.Count()} deliveries");
        var active = evidence.Deliveries.Where(delivery => delivery is { IsActive: true, DriverId: not null }).ToLookup(
            one => one.DriverId!.Value);
        foreach (var driver in evidence.Drivers)
        {
            findings.Expect(active[driver.Id].Count() <= 1, () => $"driver {driver.Id} carries {active[driver.Id].Count()} orders");
            findings.Expect(
                driver.Status != "busy" || active[driver.Id].Any(), () => $"driver {driver.Id} is busy without a job");
        }

        var takers = evidence.Calls.Where(call => call is { Kind: ClientCall.AcceptJob, IsAcknowledged: true, OrderId: not null });
        foreach (var job in takers.GroupBy(call => call.OrderId))
            findings.Expect(
                job.Select(call => call.Principal).Distinct().Count() == 1,
                () => $"order {job.Key} was given to {job.Select(call => call.Principal).Distinct().Count()} drivers");
    }
}
