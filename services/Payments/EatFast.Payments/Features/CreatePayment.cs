using EatFast.Messaging;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using MassTransit;

namespace EatFast.Payments.Features;

/// <summary>Opens the payment of a new order, and approves cash at once when its risk may be taken.</summary>
internal sealed class CreatePayment(PaymentsDbContext db, CashRisk risk, TimeProvider clock) : IConsumer<OrderPlaced>
{
    public async Task Consume(ConsumeContext<OrderPlaced> context)
    {
        var placed = context.Message;
        var now = clock.GetUtcNow();
        // A hasty payer may have been here before the event.
        var payment = await db.FindByOrderAsync(placed.OrderId, context.CancellationToken) ?? Add(placed, now);
        if (payment.IsCash && payment.AuthorizeCash(risk, now))
            db.Announce(new PaymentAuthorized(payment.Id, payment.OrderId, payment.Method, payment.AmountXaf, now), payment.OrderId, now);
        await db.SaveChangesAsync(context.CancellationToken);
    }

    private Payment Add(OrderPlaced placed, DateTimeOffset now)
    {
        var method = PaymentMethods.Parse(placed.PaymentMethod) ?? PaymentMethods.CamPay;
        var payment = Payment.Of(
            new OrderToPay(
                placed.OrderId, placed.OrderNumber, placed.CustomerId, placed.RestaurantId, placed.TotalXaf, method, placed.RestaurantOwnerId),
            now);
        db.Add(payment);
        return payment;
    }
}
