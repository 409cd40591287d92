using EatFast.Payments.Contracts.V1;
using EatFast.Payments.Domain;
using EatFast.Security;
using Grpc.Core;
using Grpc.Net.Client;

namespace EatFast.Payments.Tests.Features;

public sealed class ReadPaymentsTests(PaymentsSystem system)
{
    [Fact]
    public async Task The_payer_and_an_admin_see_how_a_payment_stands()
    {
        var order = await system.APlacedOrderAsync();
        var paymentId = await system.StartAsync(order, SimulatedCamPay.GoodMtn);
        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);

        foreach (var (userId, role) in new[] { (order.CustomerId, Roles.Customer), (Guid.NewGuid(), Roles.Admin) })
        {
            using var client = system.ClientOf("payments", userId, role);
            var data = await (await client.GetAsync($"/api/v1/payments/status/{paymentId}")).DataAsync();
            Assert.Equal("completed", data.GetProperty("status").GetString());
            Assert.Equal(order.OrderId, data.GetProperty("orderId").GetGuid());
            Assert.NotEmpty(data.GetProperty("transactionId").GetString()!);
        }
    }

    [Theory]
    [InlineData(Roles.Customer)]
    [InlineData(Roles.RestaurantOwner)]
    public async Task Others_do_not_find_it(string role)
    {
        var order = await system.APlacedOrderAsync();
        var payment = await system.PaymentOfAsync(order.OrderId);
        using var client = system.ClientOf("payments", Guid.NewGuid(), role);

        var hidden = await client.GetAsync($"/api/v1/payments/status/{payment.Id}");
        var malformed = await client.GetAsync("/api/v1/payments/status/7");

        Assert.Equal("PAYMENT_NOT_FOUND", await hidden.CodeAsync());
        Assert.Equal(404, (int)hidden.StatusCode);
        Assert.Equal(404, (int)malformed.StatusCode);
    }

    [Fact]
    public async Task History_holds_only_my_payments()
    {
        var order = await system.APlacedOrderAsync();
        await system.APlacedOrderAsync();
        using var client = system.ClientOf("payments", order.CustomerId);

        var data = await (await client.GetAsync("/api/v1/payments?page=1&limit=5")).DataAsync();
        var wrong = await client.GetAsync("/api/v1/payments?limit=0");

        Assert.Equal(1, data.GetProperty("pagination").GetProperty("total").GetInt64());
        Assert.Equal(order.OrderId, data.GetProperty("payments")[0].GetProperty("orderId").GetGuid());
        Assert.Equal(400, (int)wrong.StatusCode);
    }

    [Fact]
    public async Task Anybody_may_ask_for_the_methods()
    {
        using var client = system.ClientOf("payments");

        var methods = (await (await client.GetAsync("/api/v1/payments/methods")).DataAsync()).GetProperty("methods");

        Assert.Equal(["campay", "noupay", "stripe", "wallet", "cash"], methods.EnumerateArray().Select(method => method.GetProperty("type").GetString()));
        Assert.Equal(1_000_000, methods[0].GetProperty("maximum").GetInt64());
    }

    [Fact]
    public async Task Neighbours_ask_by_order()
    {
        var order = await system.APlacedOrderAsync(PaymentMethods.Cash);
        using var channel = GrpcChannel.ForAddress(
            "http://payments", new GrpcChannelOptions { HttpHandler = system.Payments.Server.CreateHandler() });
        var payments = new Contracts.V1.Payments.PaymentsClient(channel);

        var found = await payments.GetPaymentAsync(new GetPaymentRequest { OrderId = order.OrderId.ToString() });
        var unknown = await Assert.ThrowsAsync<RpcException>(async () =>
            await payments.GetPaymentAsync(new GetPaymentRequest { OrderId = "x" }));

        Assert.Equal("authorized", found.Status);
        Assert.Equal(5_500, found.AmountXaf);
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }
}
