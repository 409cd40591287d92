using EatFast.Payments.Contracts;
using EatFast.Payments.Domain;
using EatFast.Security;

namespace EatFast.Payments.Tests.Features;

public sealed class ProcessPaymentTests(PaymentsSystem system)
{
    [Theory]
    [InlineData("+237677777777")]
    [InlineData("237677777777")]
    [InlineData("00237 677 77 77 77")]
    [InlineData("677777777")]
    public async Task Mobile_money_is_collected_and_announced(string phone)
    {
        var order = await system.APlacedOrderAsync();

        var answer = await system.PayAsync(order, phone);
        var data = await answer.DataAsync();
        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);

        Assert.Equal(202, (int)answer.StatusCode);
        Assert.Equal("pending", data.GetProperty("status").GetString());
        Assert.Equal(5_500, data.GetProperty("amount").GetInt64());
        Assert.Equal("*126#", data.GetProperty("ussdCode").GetString());
        Assert.Single(await system.EventsAsync<PaymentSucceeded>(paid => paid.OrderId == order.OrderId && paid.AmountXaf == 5_500));
    }

    [Fact]
    public async Task An_order_can_be_paid_before_its_event_arrives()
    {
        var order = system.AnOrder();

        await system.StartAsync(order, SimulatedCamPay.GoodMtn);
        await system.Payments.DeliverAsync(order, times: 2);

        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);
    }

    [Fact]
    public async Task Many_equal_requests_at_once_charge_once_and_get_the_same_bytes()
    {
        var order = system.AnOrder();
        var phone = system.APhone();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => system.PayAsync(order, phone, key: "the-key")));
        var bodies = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()));
        await system.CamPay.DecideAsync(phone);
        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);

        Assert.All(answers, answer => Assert.Equal(202, (int)answer.StatusCode));
        Assert.Single(bodies.Distinct());
        Assert.Single((await system.PaymentOfAsync(order.OrderId)).Attempts);
        Assert.Single(await system.CamPay.StatementAsync(phone, "collect"));
    }

    [Fact]
    public async Task A_hundred_requests_with_keys_of_their_own_charge_once()
    {
        var order = await system.APlacedOrderAsync();
        var phone = system.APhone();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(number => system.PayAsync(order, phone, key: $"{order.OrderId}-{number}")));
        var payments = await Task.WhenAll(answers.Select(async answer => (await answer.DataAsync()).GetProperty("paymentId").GetGuid()));
        await system.CamPay.DecideAsync(phone);
        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);

        Assert.Single(payments.Distinct());
        Assert.Single((await system.PaymentOfAsync(order.OrderId)).Attempts);
        Assert.Single(await system.CamPay.StatementAsync(phone, "collect"));
        Assert.Single(await system.EventsAsync<PaymentSucceeded>(paid => paid.OrderId == order.OrderId));
    }

    [Fact]
    public async Task Another_payers_key_never_matches()
    {
        var (mine, theirs) = (await system.APlacedOrderAsync(), await system.APlacedOrderAsync());

        var first = await system.PayAsync(mine, system.APhone(), key: "shared");
        var second = await system.PayAsync(theirs, system.APhone(), key: "shared");

        Assert.Equal((202, 202), ((int)first.StatusCode, (int)second.StatusCode));
        Assert.Equal(theirs.OrderId, (await second.DataAsync()).GetProperty("orderId").GetGuid());
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        var order = await system.APlacedOrderAsync();

        await system.PayAsync(order, system.APhone(), key: "reused");
        var other = await system.PayAsync(order, system.APhone(), key: "reused");

        Assert.Equal("IDEMPOTENCY_KEY_REUSED", await other.CodeAsync());
    }

    [Fact]
    public async Task While_a_prompt_is_open_only_the_same_phone_gets_it_again()
    {
        var order = await system.APlacedOrderAsync();
        var phone = system.APhone();
        var paymentId = await system.StartAsync(order, phone);

        var again = await system.PayAsync(order, $"+{phone}", key: "again");
        var other = await system.PayAsync(order, system.APhone());

        Assert.Equal(paymentId, (await again.DataAsync()).GetProperty("paymentId").GetGuid());
        Assert.Equal("PAYMENT_IN_PROGRESS", await other.CodeAsync());
        Assert.Single((await system.PaymentOfAsync(order.OrderId)).Attempts);
    }

    [Fact]
    public async Task A_paid_order_cannot_be_paid_again()
    {
        var order = await system.APlacedOrderAsync();
        await system.StartAsync(order, SimulatedCamPay.GoodMtn);
        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);

        var again = await system.PayAsync(order, system.APhone());

        Assert.Equal(409, (int)again.StatusCode);
        Assert.Equal("ORDER_ALREADY_PAID", await again.CodeAsync());
    }

    [Fact]
    public async Task After_a_failed_prompt_another_phone_may_pay()
    {
        var order = await system.APlacedOrderAsync();
        await system.StartAsync(order, SimulatedCamPay.BadMtn);
        var failed = await system.UntilAsync(order.OrderId, PaymentStatus.Failed);

        await system.StartAsync(order, SimulatedCamPay.GoodMtn);
        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);

        Assert.Equal("Initiatee not found", failed.Reason);
        Assert.Single(await system.EventsAsync<PaymentFailed>(failure => failure.OrderId == order.OrderId));
    }

    [Fact]
    public async Task Orders_of_others_and_unknown_orders_do_not_exist()
    {
        var order = await system.APlacedOrderAsync();
        var notPlaced = system.AnOrder();
        var stranger = order with { CustomerId = Guid.NewGuid() };

        foreach (var hidden in new[] { stranger, notPlaced with { CustomerId = Guid.NewGuid() }, order with { OrderId = Guid.NewGuid() } })
        {
            var answer = await system.PayAsync(hidden, SimulatedCamPay.GoodMtn);
            Assert.Equal(404, (int)answer.StatusCode);
            Assert.Equal("ORDER_NOT_FOUND", await answer.CodeAsync());
        }
    }

    [Fact]
    public async Task Only_customers_pay()
    {
        using var nobody = system.ClientOf("payments");
        using var restaurant = system.ClientOf("payments", Guid.NewGuid(), Roles.RestaurantOwner);
        using var body = new StringContent("{}", null, "application/json");

        Assert.Equal(401, (int)(await nobody.PostAsync("/api/v1/payments/process", body)).StatusCode);
        Assert.Equal(403, (int)(await restaurant.PostAsync("/api/v1/payments/process", body)).StatusCode);
    }

    [Theory]
    [InlineData("660000000", 5_500, "PHONE_OPERATOR_UNSUPPORTED")]
    [InlineData("677777777", 50, "AMOUNT_OUT_OF_RANGE")]
    public async Task What_mobile_money_cannot_do_is_refused(string phone, long totalXaf, string code)
    {
        var order = await system.APlacedOrderAsync(totalXaf: totalXaf);

        var answer = await system.PayAsync(order, phone);

        Assert.Equal(422, (int)answer.StatusCode);
        Assert.Equal(code, await answer.CodeAsync());
    }
}
