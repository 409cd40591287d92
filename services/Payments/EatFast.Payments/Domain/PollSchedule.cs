namespace EatFast.Payments.Domain;

/// <summary>When to ask the provider again: often while the payer types the PIN, hourly once we have given up, never after a day.</summary>
public sealed record PollSchedule(TimeSpan First)
{
    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(30);

    public DateTimeOffset? Next(Attempt attempt, DateTimeOffset now)
    {
        if (attempt.IsAbandoned(now))
            return null;
        if (now >= attempt.ExpiresAt)
            return now + TimeSpan.FromHours(1);
        var minutes = (int)(now - attempt.CreatedAt).TotalMinutes;
        // Three to five seconds in the first minute, spread by the second in which it is asked.
        var pause = minutes < 1 ? TimeSpan.FromSeconds(3 + (now.Second % 3)) : TimeSpan.FromSeconds(5 << Math.Min(minutes, 3));
        return now + (pause < Slowest ? pause : Slowest);
    }
}
