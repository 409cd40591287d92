using EatFast.Payments.Contracts;
using EatFast.Payments.Domain;

namespace EatFast.Payments.Tests.Features;

/// <summary>Nobody tells us of a charge: its provider's statement does, and a payer who returns only makes us ask.</summary>
public sealed class LostAnswerTests(PaymentsSystem system)
{
    [Fact]
    public async Task A_lost_answer_without_any_webhook_is_found_in_the_statement()
    {
        var order = await system.APlacedOrderAsync();
        var phone = system.APhone();
        await system.CamPay.OrderFaultAsync(phone, "lost_answer", "collect");
        await system.CamPay.OrderFaultAsync(phone, "webhook_never", "collect");

        var paymentId = await system.StartAsync(order, phone);
        var reference = await system.CamPay.DecideAsync(phone);
        var payment = await system.UntilAskedAsync(order.OrderId, PaymentStatus.Completed);

        Assert.Equal(reference, Assert.Single(payment.Attempts).ProviderReference);
        Assert.Single(await system.EventsAsync<PaymentSucceeded>(paid => paid.PaymentId == paymentId));
        Assert.Single(await system.CamPay.StatementAsync(phone, "collect"));
    }

    [Fact]
    public async Task A_late_success_is_heard_of_soon_although_the_first_question_got_no_answer()
    {
        var order = await system.APlacedOrderAsync();
        var phone = system.APhone();
        await system.CamPay.OrderFaultAsync(phone, "lost_answer", "collect");
        await system.CamPay.OrderFaultAsync(phone, "webhook_never", "collect");
        await system.CamPay.OrderFaultAsync(phone, "error500", "transaction");
        await system.StartAsync(order, phone);
        await system.UntilAsync(order.OrderId, PaymentStatus.Processing);
        system.Clock.Advance(TimeSpan.FromMinutes(16));
        await system.UntilAsync(order.OrderId, PaymentStatus.Expired);

        await system.CamPay.DecideAsync(phone);
        system.Clock.Advance(TimeSpan.FromMinutes(61));
        await system.UntilAsync(
            order.OrderId, row => row.Attempts.Any(attempt => attempt.DueAt < system.Clock.GetUtcNow().AddMinutes(1)), "it is asked again soon");
        system.Clock.Advance(TimeSpan.FromSeconds(31));

        await system.UntilAskedAsync(order.OrderId, PaymentStatus.Completed);
    }

    [Fact]
    public async Task A_payer_who_returns_after_we_gave_up_need_not_wait_an_hour()
    {
        var (order, phone) = (await system.APlacedOrderAsync(), system.APhone());
        await system.CamPay.OrderFaultAsync(phone, "webhook_never", "collect");
        await system.StartAsync(order, phone);
        await system.UntilAsync(order.OrderId, PaymentStatus.Processing);
        system.Clock.Advance(TimeSpan.FromMinutes(16));
        await system.UntilAsync(order.OrderId, PaymentStatus.Expired);
        await system.CamPay.DecideAsync(phone);

        await system.PostAsync(order.CustomerId, "confirm", new { orderId = order.OrderId });

        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);
    }

    [Fact]
    public async Task A_payer_who_returns_makes_us_ask_at_once_and_proves_nothing()
    {
        var order = await system.APlacedOrderAsync();
        var phone = system.APhone();
        await system.CamPay.OrderFaultAsync(phone, "webhook_never", "collect");
        var paymentId = await system.StartAsync(order, phone);
        await system.UntilAsync(order.OrderId, PaymentStatus.Processing);

        var early = await system.PostAsync(order.CustomerId, "confirm", new { orderId = order.OrderId });
        await system.CamPay.DecideAsync(phone);
        await system.PostAsync(order.CustomerId, "confirm", new { paymentId, extra = 1 });
        var other = await system.PostAsync(Guid.NewGuid(), "confirm", new { paymentId });
        var nameless = await system.PostAsync(order.CustomerId, "confirm", new { });
        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);

        Assert.Equal("processing", (await early.DataAsync()).GetProperty("status").GetString());
        Assert.Equal((404, 400), ((int)other.StatusCode, (int)nameless.StatusCode));
    }
}
