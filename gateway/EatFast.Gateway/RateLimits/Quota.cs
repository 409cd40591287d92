namespace EatFast.Gateway.RateLimits;

/// <summary>One count that a request takes part in: at most so many in any window of this length.</summary>
internal sealed record Quota(string Key, int Limit, TimeSpan Window);

/// <summary>What the counts said: of those that refuse, the one that does so longest, else the one with the least left.</summary>
internal sealed record Verdict(bool IsAdmitted, int Limit, int Remaining, TimeSpan ResetAfter);
