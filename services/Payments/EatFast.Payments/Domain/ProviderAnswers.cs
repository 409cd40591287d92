namespace EatFast.Payments.Domain;

public enum SendOutcome
{
    Accepted,
    Refused,
    /// <summary>It certainly never left us, so it may be sent again.</summary>
    NotSent,
    /// <summary>It may have arrived, so it must not be sent again.</summary>
    Unknown,
    /// <summary>The provider keeps a failure under the key that was used and has nothing of ours: it hears us under the next key only.</summary>
    KeySpent
}

public static class ProviderAnswers
{
    /// <summary>The reference was used before: the movement is there, and sending it again would tell nothing new.</summary>
    public const string KnownThere = "REFERENCE_KNOWN";
}

/// <summary>What came of handing a movement of money to the provider.</summary>
public sealed record SendResult(SendOutcome Outcome, string? Reference = null, string? Reason = null)
{
    /// <summary>What the payer's own device needs to go on, where the provider speaks with it directly.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Which key it was that is spent.</summary>
    public int SpentKey { get; init; }
}

/// <summary>A movement as the provider itself tells it when asked; a webhook never counts as this.</summary>
public sealed record ProviderState(string Status, long? AmountXaf, string? Currency, string? ExternalReference, string? Reason)
{
    public const string Successful = "SUCCESSFUL";
    public const string Failed = "FAILED";
}
