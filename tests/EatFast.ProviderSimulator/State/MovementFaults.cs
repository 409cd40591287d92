namespace EatFast.ProviderSimulator.State;

/// <summary>What can go wrong with a movement of money beyond the answer to its call, in the same words at every provider that knows it.</summary>
internal static class MovementFaults
{
    public const string WebhookNever = "webhook_never";
    public const string WebhookLate = "webhook_late";
    public const string WebhookTwice = "webhook_twice";
    public const string WebhookFiveTimes = "webhook_five_times";
    public const string WebhookOutOfOrder = "webhook_out_of_order";
    public const string WebhookBeforeAnswer = "webhook_before_answer";
    public const string BadSignature = "bad_signature";
    public const string OtherAmount = "other_amount";

    /// <summary>Of a provider with webhooks, and in the order in which scripted numbers count them.</summary>
    public static readonly IReadOnlyList<string> WithWebhooks =
    [
        .. AnswerFaults.Kinds,
        WebhookNever, WebhookLate, WebhookTwice, WebhookBeforeAnswer, BadSignature, OtherAmount, WebhookFiveTimes, WebhookOutOfOrder,
    ];
}
