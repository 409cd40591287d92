namespace EatFast.Errors;

/// <summary>The one way a request is refused: a stable code whose status and sentences stand in a service's Refusals.json.</summary>
public sealed class RuleViolatedException(string code, params (string Name, object Value)[] details) : Exception(code)
{
    public string Code { get; } = code;

    /// <summary>Values that the sentence names in braces; clients also get them as <c>details</c>.</summary>
    public IReadOnlyList<(string Name, object Value)> Details { get; } = details;

    /// <summary>Set when a neighbour refused and its own table knows the sentences.</summary>
    public Refusal? Refusal { get; init; }
}

/// <summary>What a refusal says: HTTP status and one sentence per language.</summary>
public sealed record Refusal(int Status, string Fr, string En);
