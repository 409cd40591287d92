using EatFast.Drills.Invariants;

namespace EatFast.Drills.Checking;

/// <summary>Asks every invariant about the evidence. An invariant says how much it looked at, so that an empty look is seen.</summary>
public static class Checker
{
    public static IReadOnlyList<IInvariant> All { get; } =
    [
        new AcceptedOrdersExist(), new KeysHaveOneEffect(), new OrdersEnd(), new HistoryIsLegal(), new ProviderAgrees(),
        new LedgerBalances(), new BooksAgree(), new MessagesTakeEffectOnce(), new OutboxDrains(), new TextsAreSentOnce(),
        new DriversHaveOneJob(), new ServicesAgree(), new PoisonIsParked(), new NothingLeaks()
    ];

    public static Verdict Check(Evidence evidence)
    {
        var tried = new Dictionary<string, int>();
        var violations = new List<Violation>();
        foreach (var invariant in All)
        {
            var looked = new Findings(invariant.Id);
            invariant.Check(evidence, looked);
            tried[invariant.Id] = looked.Tried;
            violations.AddRange(looked.Violations);
        }
        violations.AddRange(evidence.Observed);
        return new(tried, violations);
    }
}

/// <summary>One promise of the product, checked against rows alone.</summary>
public interface IInvariant
{
    string Id { get; }
    string Promise { get; }
    void Check(Evidence evidence, Findings findings);
}

/// <summary>Collects what one invariant finds.</summary>
public sealed class Findings(string invariant)
{
    private readonly List<Violation> _violations = [];

    public int Tried { get; private set; }

    public IReadOnlyList<Violation> Violations => _violations;

    public void Try(int things = 1) => Tried += things;

    public void Report(string fact) => _violations.Add(new(invariant, fact));

    /// <summary>One more thing looked at; the fact is told when the condition does not hold.</summary>
    public void Expect(bool holds, Func<string> fact)
    {
        Tried++;
        if (!holds)
            Report(fact());
    }
}
