using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace EatFast.Gateway.RateLimits;

/// <summary>How often who may do what (section <c>RateLimits</c>). Only a Development system can switch it off.</summary>
public sealed partial class RateLimitOptions : IValidatableObject
{
    public bool Enabled { get; init; } = true;

    /// <summary>Requests a minute by role; <c>anonymous</c> is counted by address, everybody else by account.</summary>
    public Dictionary<string, int> PerMinute { get; init; } = [];

    /// <summary>Stricter rules for single routes, by name; a request has to pass all that match it.</summary>
    public Dictionary<string, RateLimitRule> Rules { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (role, limit) in PerMinute.Where(entry => entry.Value < 1))
            yield return new($"RateLimits:PerMinute:{role} is {limit}: at least one request has to be possible.");
        foreach (var (name, rule) in Rules)
            if (rule.Limit < 1 || rule.Window <= TimeSpan.Zero || rule.Paths.Length == 0 || !Partitions().IsMatch(rule.By))
                yield return new($"RateLimits:Rules:{name} needs Paths, a Limit, a Window, and By: caller, address, account or route.");
    }

    [GeneratedRegex("^(caller|address|account|route)$")]
    private static partial Regex Partitions();
}

/// <summary>One rule: so many requests to these paths in any window of this length.</summary>
public sealed class RateLimitRule
{
    /// <summary>Empty for all.</summary>
    public string[] Methods { get; init; } = [];

    /// <summary>Route templates such as <c>/api/v1/restaurants/{id}/orders</c>.</summary>
    public string[] Paths { get; init; } = [];

    /// <summary>What shares a count: the caller, the network address, the account named in the body as tried from one address, or all callers of the route.</summary>
    public string By { get; init; } = "caller";

    public int Limit { get; init; }

    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>True when this takes the place of the general limit.</summary>
    public bool IsAlone { get; init; }
}
