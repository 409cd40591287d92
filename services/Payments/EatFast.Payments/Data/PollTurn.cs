namespace EatFast.Payments.Data;

/// <summary>The last stretch of time in which a provider was asked about attempts; whoever moves it on is the one who asks.</summary>
public sealed class PollTurn
{
    public required string Provider { get; init; }
    public long Turn { get; init; }
}
