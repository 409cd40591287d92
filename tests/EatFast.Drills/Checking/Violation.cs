namespace EatFast.Drills.Checking;

/// <summary>A broken promise, and the rows that show it.</summary>
public sealed record Violation(string Invariant, string Fact);

/// <summary>What a check came to: how many things each invariant was tried on, and what was wrong.</summary>
public sealed record Verdict(IReadOnlyDictionary<string, int> Tried, IReadOnlyList<Violation> Violations)
{
    public bool IsClean => Violations.Count == 0;

    public IEnumerable<string> Broken => Violations.Select(violation => violation.Invariant).Distinct().Order(InvariantOrder.Instance);

    public int Of(string invariant) => Violations.Count(violation => violation.Invariant == invariant);
}

/// <summary>I2 before I10.</summary>
public sealed class InvariantOrder : IComparer<string>
{
    public static readonly InvariantOrder Instance = new();

    public int Compare(string? x, string? y) => (x?.Length, x).CompareTo((y?.Length, y));
}
