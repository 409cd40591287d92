namespace EatFast.ProviderSimulator.State;

internal sealed record Fault(Guid Id, string Provider, string Phone, string Kind, string? Endpoint, int Count);

/// <summary>The misfortunes ordered for a provider; each is used up by the calls that suffer it.</summary>
internal sealed class FaultBoard(Journal journal, ChangeFeed changes, TimeProvider clock)
{
    public const string AnyPhone = "*";

    private readonly Lock gate = new();
    private readonly List<Fault> faults = [];

    public Fault Add(string provider, string phone, string kind, string? endpoint, int count)
    {
        var fault = new Fault(Guid.CreateVersion7(clock.GetUtcNow()), provider, phone, kind, endpoint, count);
        journal.Write("fault.ordered", fault);
        lock (gate)
            faults.Add(fault);
        changes.Changed();
        return fault;
    }

    public bool Take(string provider, string phone, string endpoint, string kind, bool mustBeNamed = false)
    {
        Fault taken;
        lock (gate)
        {
            var index = faults.FindIndex(fault => Hits(fault, provider, phone, endpoint, kind, mustBeNamed));
            if (index < 0)
                return false;
            taken = faults[index] with { Count = faults[index].Count - 1 };
            if (taken.Count == 0)
                faults.RemoveAt(index);
            else
                faults[index] = taken;
        }

        journal.Write("fault.suffered", taken with { Phone = phone, Endpoint = endpoint });
        changes.Changed();
        return true;
    }

    public IReadOnlyList<Fault> Active(string provider)
    {
        lock (gate)
            return [.. faults.Where(fault => fault.Provider == provider)];
    }

    public void Clear(string provider)
    {
        lock (gate)
            faults.RemoveAll(fault => fault.Provider == provider);
        changes.Changed();
    }

    private static bool Hits(Fault fault, string provider, string phone, string endpoint, string kind, bool mustBeNamed) =>
        fault.Provider == provider
        && fault.Kind == kind
        && (fault.Phone == AnyPhone || fault.Phone == phone)
        && (fault.Endpoint == endpoint || (fault.Endpoint is null && !mustBeNamed));
}
