namespace EatFast.Payments.Data;

/// <summary>What a provider called to say, kept once per reference and status; it proves nothing about money.</summary>
public sealed class WebhookEvent
{
    public required Guid Id { get; init; }
    public required string Provider { get; init; }
    public required string Reference { get; init; }
    public required string Status { get; init; }
    public string? ExternalReference { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
}
