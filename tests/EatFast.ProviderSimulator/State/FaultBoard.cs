namespace EatFast.ProviderSimulator.State;

/// <param name="Phone">Whose movement suffers it; where a provider knows no phone, what stands for one.</param>
internal sealed record Fault(Guid Id, string Provider, string Phone, string Kind, string? Endpoint, int Count);

/// <summary>The misfortunes ordered for a provider; each is used up by the calls that suffer it.</summary>
internal sealed class FaultBoard(Journal journal, ChangeFeed changes, TimeProvider clock)
{
    public const string AnyPhone = "*";

    private readonly Lock gate = new();
    // By whom they are for, as drills order tens of thousands.
    private readonly Dictionary<(string Provider, string Phone), List<Fault>> faults = [];

    public Fault Add(string provider, string phone, string kind, string? endpoint, int count)
    {
        var fault = new Fault(Guid.CreateVersion7(clock.GetUtcNow()), provider, phone, kind, endpoint, count);
        journal.Write("fault.ordered", fault);
        lock (gate)
            if (faults.TryGetValue((provider, phone), out var known))
                known.Add(fault);
            else
                faults[(provider, phone)] = [fault];
        changes.Changed();
        return fault;
    }

    public bool Take(string provider, string phone, string endpoint, string kind, bool mustBeNamed = false)
    {
        Fault? taken;
        lock (gate)
            taken = TakeFrom((provider, phone), endpoint, kind, mustBeNamed) ?? TakeFrom((provider, AnyPhone), endpoint, kind, mustBeNamed);
        if (taken is null)
            return false;
        journal.Write("fault.suffered", taken with { Phone = phone, Endpoint = endpoint });
        changes.Changed();
        return true;
    }

    public IReadOnlyList<Fault> Active(string provider)
    {
        lock (gate)
            return [.. faults.Where(known => known.Key.Provider == provider).SelectMany(known => known.Value).OrderBy(fault => fault.Id)];
    }

    public void Clear(string provider)
    {
        lock (gate)
            foreach (var key in faults.Keys.Where(key => key.Provider == provider).ToList())
                faults.Remove(key);
        changes.Changed();
    }

    private Fault? TakeFrom((string Provider, string Phone) key, string endpoint, string kind, bool mustBeNamed)
    {
        if (!faults.TryGetValue(key, out var known))
            return null;
        var index = known.FindIndex(fault => fault.Kind == kind && (fault.Endpoint == endpoint || (fault.Endpoint is null && !mustBeNamed)));
        if (index < 0)
            return null;
        var taken = known[index] with { Count = known[index].Count - 1 };
        if (taken.Count > 0)
            known[index] = taken;
        else
            known.RemoveAt(index);
        if (known.Count == 0)
            faults.Remove(key);
        return taken;
    }
}
