using EatFast.Payments.Contracts;
using EatFast.Payments.Domain;

namespace EatFast.PaymentDrill;

/// <summary>What the orders have heard of their money: the events that left Payments, each as often as it left.</summary>
internal sealed class Told
{
    private readonly ILookup<Guid, long> _paid;
    private readonly ILookup<Guid, long> _back;

    private Told(IEnumerable<PaymentSucceeded> paid, IEnumerable<RefundIssued> back)
    {
        _paid = paid.ToLookup(said => said.OrderId, said => said.AmountXaf);
        _back = back.ToLookup(said => said.OrderId, said => said.AmountXaf);
    }

    public static async Task<Told> ReadAsync(PaymentsSystem system, Dictionary<Guid, Case> byOrder) => new(
        await system.EventsAsync<PaymentSucceeded>(said => byOrder.ContainsKey(said.OrderId)),
        await system.EventsAsync<RefundIssued>(said => byOrder.ContainsKey(said.OrderId)));

    /// <summary>An order that was never told to be paid was not told either what came and went back before that.</summary>
    public long NetXaf(Guid orderId) => _paid.Contains(orderId) ? _paid[orderId].Sum() - _back[orderId].Sum() : 0;

    public bool IsRight(Payment payment, Fate fate)
    {
        var isBack = payment.Status == PaymentStatus.Refunded;
        var wasPaid = payment.Status == PaymentStatus.Completed || (isBack && fate.Cancel == "after");
        return _paid[payment.OrderId].Count() == (wasPaid ? 1 : 0) && _back[payment.OrderId].Count() == (isBack ? 1 : 0);
    }
}
