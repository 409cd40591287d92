using System.Text.Json.Serialization;
using EatFast.Payments.Domain;

namespace EatFast.Payments;

/// <summary>A payment as its payer sees it; authorized cash reads as pending, as the clients know no other word.</summary>
public sealed record PaymentView(Guid PaymentId, Guid OrderId, string Status, string Method, long Amount)
{
    public string Currency => "XAF";

    public string Provider => Method;

    public long RefundedAmount { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TransactionId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FailureReason { get; init; }

    public static PaymentView Of(Payment payment) => new(
        payment.Id, payment.OrderId, StatusOf(payment), payment.Method, payment.AmountXaf)
    {
        RefundedAmount = payment.RefundedXaf,
        CreatedAt = payment.CreatedAt,
        TransactionId = payment.Attempts.Where(attempt => attempt.IsCollect)
            .OrderByDescending(attempt => attempt.Status == AttemptStatus.Completed).ThenByDescending(attempt => attempt.CreatedAt)
            .FirstOrDefault()?.ProviderReference,
        FailureReason = payment.Reason
    };

    public static string StatusOf(Payment payment) =>
        payment.Status == PaymentStatus.Authorized ? PaymentStatus.Pending : payment.Status;
}

/// <summary>What a payer needs to go on: the prompt's dial code for mobile money, nothing for cash.</summary>
public sealed record PaymentStarted(Guid PaymentId, Guid OrderId, string Status, string Method, long Amount)
{
    public string Currency => "XAF";

    public string Provider => Method;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Operator { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UssdCode { get; init; }

    /// <summary>Lets the payer's device speak with the card's provider about this charge, and about nothing else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ClientSecret { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Instructions { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ExpiresAt { get; init; }

    public static PaymentStarted Of(Payment payment) =>
        new(payment.Id, payment.OrderId, PaymentView.StatusOf(payment), payment.Method, payment.AmountXaf);
}
