using EatFast.Errors;
using EatFast.Payments.Contracts.V1;
using PaymentsClient = EatFast.Payments.Contracts.V1.Payments.PaymentsClient;

namespace EatFast.Ordering.Clients;

/// <summary>An order's money as Payments holds it, in Payments' own words.</summary>
internal sealed record PaymentState(string Status, string Method);

/// <summary>Asks Payments how the money of an order stands; throws while Payments cannot answer.</summary>
internal sealed class PaymentLookup(PaymentsClient payments)
{
    /// <summary>Null when Payments has not heard of the order.</summary>
    public async Task<PaymentState?> FindAsync(Guid orderId, CancellationToken ct)
    {
        try
        {
            var payment = await payments.GetPaymentAsync(new GetPaymentRequest { OrderId = orderId.ToString() }, cancellationToken: ct);
            return new(payment.Status, payment.Method);
        }
        catch (RuleViolatedException refused) when (refused.Code == "PAYMENT_NOT_FOUND")
        {
            return null;
        }
    }
}
