using EatFast.Messaging;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using MassTransit;

namespace EatFast.Payments.Features;

/// <summary>Opens the payment of a new order, and approves cash at once when its risk may be taken; else its payer hears what to do.</summary>
internal sealed class CreatePayment(
    PaymentsDbContext db, OrderPayments payments, CashRisk risk, RiskDesk desk, RiskRecords records, TimeProvider clock)
    : IConsumer<OrderPlaced>
{
    public async Task Consume(ConsumeContext<OrderPlaced> context)
    {
        var placed = context.Message;
        // A hasty payer may have been here before the event.
        var payment = await db.FindByOrderAsync(placed.OrderId, context.CancellationToken) ?? await AddAsync(placed, context.CancellationToken);
        if (payment is { IsCash: true, Status: PaymentStatus.Pending, StoppedAs: null, CompletedAt: null })
            await AuthorizeAsync(payment, placed.DeviceMark, context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
    }

    private async Task AuthorizeAsync(Payment payment, string? deviceMark, CancellationToken ct)
    {
        var about = new RiskSubject(payment.Id, payment.OrderId, payment.CustomerId, payment.Method, payment.AmountXaf);
        var doubt = await records.AddAsync(await desk.JudgeAsync(new RiskQuestion(about, null, null) { DeviceMark = deviceMark }, ct), ct);
        var now = clock.GetUtcNow();
        if (payment.AuthorizeCash(risk, now, doubt))
            db.Announce(new PaymentAuthorized(payment.Id, payment.OrderId, payment.Method, payment.AmountXaf, now), payment.OrderId, now);
        else if (payment.Reason is { } refusal && refusal == doubt)
            db.Announce(new PaymentFailed(payment.Id, payment.OrderId, payment.Method, refusal, now), payment.OrderId, now);
    }

    private Task<Payment> AddAsync(OrderPlaced placed, CancellationToken ct)
    {
        var method = PaymentMethods.Parse(placed.PaymentMethod) ?? PaymentMethods.CamPay;
        var order = new OrderToPay(
            placed.OrderId, placed.OrderNumber, placed.CustomerId, placed.RestaurantId, placed.TotalXaf, method, placed.RestaurantOwnerId);
        return payments.AddAsync(order, "pending", ct);
    }
}
