namespace EatFast.Payments.Domain;

/// <summary>A payer who asks the bank for a card charge back, as Stripe tells it when asked.</summary>
public sealed record CardDispute(string Reference, string? ChargeReference, long AmountXaf, string Status)
{
    /// <summary>The money is gone while the case is open, and stays gone when it is lost; a mere inquiry takes nothing.</summary>
    public bool TakesMoney => Status is "needs_response" or "under_review" or "lost";

    public bool IsLost => Status == "lost";

    public bool IsOver => IsLost || Status is "won" or "warning_closed" or "prevented";
}
