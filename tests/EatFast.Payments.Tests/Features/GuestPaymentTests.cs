using System.Net.Http.Json;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Domain;

namespace EatFast.Payments.Tests.Features;

/// <summary>A guest pays beforehand for the orders of the own session, and of no other.</summary>
public sealed class GuestPaymentTests(PaymentsSystem system)
{
    private readonly Guid _guest = Guid.NewGuid();

    [Fact]
    public async Task A_guest_pays_by_phone_and_follows_the_payment()
    {
        var (order, session, phone) = (await AnOrderAsync(), system.Identities.OpenSession(_guest), system.APhone());

        var started = await SendAsync(session, "create-intent", new { orderId = order.OrderId, paymentMethod = "mtn", phoneNumber = phone }, key: "once");
        var again = await SendAsync(session, "create-intent", new { orderId = order.OrderId, paymentMethod = "mtn", phoneNumber = phone }, key: "once");
        await system.UntilAsync(order.OrderId, PaymentStatus.Processing);
        await system.CamPay.DecideAsync(phone);
        var confirmed = await SendAsync(session, "confirm", new { orderId = order.OrderId });
        var payment = await system.UntilAsync(order.OrderId, PaymentStatus.Completed);
        var status = await SendAsync(session, $"status/{payment.Id}");

        Assert.Equal((202, 202, 200), ((int)started.StatusCode, (int)again.StatusCode, (int)confirmed.StatusCode));
        Assert.Equal(await started.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal("completed", (await status.DataAsync()).GetProperty("status").GetString());
        Assert.Single(await system.CamPay.StatementAsync(phone, "collect"));
    }

    [Theory]
    [InlineData("process", "noupay")]
    [InlineData("noupay", null)]
    [InlineData("campay", null)]
    [InlineData("stripe", null)]
    public async Task Each_way_of_paying_beforehand_is_open_to_guests(string path, string? method)
    {
        var (order, session) = (await AnOrderAsync(), system.Identities.OpenSession(_guest));

        var answer = await SendAsync(session, path, new { orderId = order.OrderId, method, phone = system.APhone() });

        Assert.Equal(202, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_wallet_is_for_accounts_and_cash_for_who_proved_the_orders_number()
    {
        var (order, session) = (await AnOrderAsync(), system.Identities.OpenSession(_guest));

        var cash = await SendAsync(session, "process", new { orderId = order.OrderId, method = "cash" });
        var strangers = await SendAsync(
            system.Identities.OpenSession(Guid.NewGuid()), "process", new { orderId = order.OrderId, method = "cash" });
        var wallet = await SendAsync(session, "process", new { orderId = order.OrderId, method = "wallet" });
        var offered = (await (await SendAsync(session, "methods")).DataAsync()).GetProperty("methods").EnumerateArray();

        Assert.Equal(("GUEST_PAYS_FIRST", "PAYMENT_METHOD_UNAVAILABLE"), (await cash.CodeAsync(), await wallet.CodeAsync()));
        Assert.Equal("ORDER_NOT_FOUND", await strangers.CodeAsync());
        Assert.Equal(["campay", "noupay", "stripe", "cash"], offered.Select(method => method.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Anothers_order_is_not_there_and_a_session_that_is_over_opens_nothing()
    {
        var (order, stranger) = (await AnOrderAsync(), system.Identities.OpenSession(Guid.NewGuid()));
        var payment = await system.PaymentOfAsync(order.OrderId);
        var body = new { orderId = order.OrderId, method = "campay", phone = system.APhone() };

        var pay = await SendAsync(stranger, "process", body);
        var look = await SendAsync(stranger, $"status/{payment.Id}");
        var confirm = await SendAsync(stranger, "confirm", new { orderId = order.OrderId });
        var over = await SendAsync($"{Guid.NewGuid():N}", "process", body);
        var history = await SendAsync(stranger, "history");

        Assert.Equal((404, 404, 404), ((int)pay.StatusCode, (int)look.StatusCode, (int)confirm.StatusCode));
        Assert.Equal((401, "GUEST_SESSION_EXPIRED"), ((int)over.StatusCode, await over.CodeAsync()));
        Assert.Equal(401, (int)history.StatusCode);
        Assert.Empty((await system.PaymentOfAsync(order.OrderId)).Attempts);
    }

    [Fact]
    public async Task Whoever_brings_a_token_is_not_made_a_guest()
    {
        var (order, session) = (await AnOrderAsync(), system.Identities.OpenSession(_guest));
        using var client = system.ClientOf("payments", Guid.NewGuid());
        client.DefaultRequestHeaders.Add("X-Guest-Session", session);

        var answer = await client.PostAsJsonAsync(
            "/api/v1/payments/process", new { orderId = order.OrderId, method = "campay", phone = system.APhone() });

        Assert.Equal(404, (int)answer.StatusCode);
    }

    private Task<OrderPlaced> AnOrderAsync() => system.APlacedOrderAsync(customerId: _guest);

    private async Task<HttpResponseMessage> SendAsync(string session, string path, object? body = null, string? key = null)
    {
        using var client = system.ClientOf("payments");
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, $"/api/v1/payments/{path}");
        request.Content = body is null ? null : JsonContent.Create(body);
        request.Headers.Add("X-Guest-Session", session);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }
}
