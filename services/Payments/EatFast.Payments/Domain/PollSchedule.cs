namespace EatFast.Payments.Domain;

/// <summary>
/// When to ask the provider again: often while the payer types the PIN, hourly once we have given up, at last never. A question that got
/// no answer is put again soon, as the hour is for answers that have not changed.
/// </summary>
public sealed record PollSchedule(TimeSpan First)
{
    /// <summary>How long a payer may take before we give up.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a late success is looked for.</summary>
    public TimeSpan LateLook { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a provider may be out of reach before a charge that it never heard of is dead, and another one may be tried.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Money to a person is waited for like a late success; a charge only as long as its payer may still be there.</summary>
    /// <param name="attempt">What cannot be sent.</param>
    /// <param name="begunAt">When the first try of it was made.</param>
    public DateTimeOffset StopsSending(Attempt attempt, DateTimeOffset begunAt) =>
        !attempt.IsCollect ? begunAt + LateLook
        : begunAt + Patience < attempt.ExpiresAt ? begunAt + Patience : attempt.ExpiresAt;

    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(30);

    public DateTimeOffset? Next(Attempt attempt, DateTimeOffset now, bool wasUnanswered = false)
    {
        if (now >= attempt.CreatedAt + LateLook)
            return null;
        if (now >= attempt.ExpiresAt)
            return now + (wasUnanswered ? Slowest : TimeSpan.FromHours(1));
        var minutes = (int)(now - attempt.CreatedAt).TotalMinutes;
        // Three to five seconds in the first minute, spread by the second in which it is asked.
        var pause = minutes < 1 ? TimeSpan.FromSeconds(3 + (now.Second % 3)) : TimeSpan.FromSeconds(5 << Math.Min(minutes, 3));
        return now + (pause < Slowest ? pause : Slowest);
    }
}
