using System.Text.Json;
using EatFast.Identity.Contracts;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Payments.Tests.Features;

/// <summary>What a guest paid, earned and got back belongs to the account that the guest makes, however often that is told.</summary>
public sealed class AdoptGuestPaymentsTests(PaymentsSystem system)
{
    private readonly Guid _guest = Guid.NewGuid();
    private readonly Guid _user = Guid.NewGuid();

    [Fact]
    public async Task Payments_points_marks_and_wallet_follow_the_guest_once()
    {
        var order = await system.APlacedOrderAsync(customerId: _guest, totalXaf: 21_000);
        await system.StartAsync(order, system.APhone());
        await system.CamPay.DecideAsync(await PhoneOfAsync(order));
        var payment = await system.UntilAsync(order.OrderId, PaymentStatus.Completed);
        await system.Payments.DeliverAsync(new OrderDelivered(
            order.OrderId, order.OrderNumber, _guest, order.RestaurantId, order.RestaurantOwnerId, Guid.NewGuid(), order.TotalXaf, 8, order.PlacedAt));
        await RefundAsync(order, 1_500);
        var converted = new GuestConverted(_guest, _user, system.Clock.GetUtcNow());

        await system.Payments.DeliverAsync(converted, times: 2);
        await system.Payments.DeliverAsync(converted);

        var status = await system.SendAsync(_user, $"payments/status/{payment.Id}");
        var points = await (await system.SendAsync(_user, "loyalty")).DataAsync();
        Assert.Equal((200, 1_500, 0), ((int)status.StatusCode, await system.WalletAsync(_user), await system.WalletAsync(_guest)));
        Assert.Equal((200, 1), (points.GetProperty("availablePoints").GetInt64(), points.GetProperty("recentTransactions").GetArrayLength()));
        Assert.Equal((0, 1), (await MarksAsync(_guest), await MarksAsync(_user)));
    }

    [Fact]
    public async Task Points_of_both_add_up()
    {
        await EarnAsync(_guest, 11_000);
        await EarnAsync(_user, 21_000);

        await system.Payments.DeliverAsync(new GuestConverted(_guest, _user, system.Clock.GetUtcNow()));

        var points = await (await system.SendAsync(_user, "loyalty")).DataAsync();
        Assert.Equal(300, points.GetProperty("availablePoints").GetInt64());
    }

    [Fact]
    public async Task An_order_that_is_heard_of_after_the_conversion_belongs_to_the_account_too()
    {
        await system.Payments.DeliverAsync(new GuestConverted(_guest, _user, system.Clock.GetUtcNow()));

        var order = await system.APlacedOrderAsync(customerId: _guest);

        Assert.Equal(_user, (await system.PaymentOfAsync(order.OrderId)).CustomerId);
    }

    [Fact]
    public async Task Export_and_erasure_find_what_the_guest_paid()
    {
        var order = await system.APlacedOrderAsync(customerId: _guest);
        await system.StartAsync(order, system.APhone());
        await system.CamPay.DecideAsync(await PhoneOfAsync(order));
        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);
        await system.Payments.DeliverAsync(new GuestConverted(_guest, _user, system.Clock.GetUtcNow()));

        var exported = JsonSerializer.Serialize(await ExportAsync(_user));
        await system.Payments.DeliverAsync(new UserErased(_user, system.Clock.GetUtcNow()));

        Assert.Contains(order.OrderNumber, exported, StringComparison.Ordinal);
        Assert.DoesNotContain(order.OrderNumber, JsonSerializer.Serialize(await ExportAsync(_guest)), StringComparison.Ordinal);
        Assert.All((await system.PaymentOfAsync(order.OrderId)).Attempts, attempt => Assert.Null(attempt.SealedPhone));
    }

    private async Task<object> ExportAsync(Guid userId)
    {
        await using var scope = system.Payments.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IPersonalRecords>().ExportAsync(userId, CancellationToken.None);
    }

    private async Task<string> PhoneOfAsync(OrderPlaced order)
    {
        var charge = (await system.PaymentOfAsync(order.OrderId)).Attempts[0];
        return system.Payments.Services.GetRequiredService<PhoneCipher>().Open(charge.SealedPhone!, charge.Id);
    }

    private async Task RefundAsync(OrderPlaced order, long amount) => Assert.Equal(200, (int)(await system.SendAsync(
        Guid.NewGuid(), $"admin/orders/{order.OrderId}/refund", new { amount, reason = "cold", refundMethod = "wallet" }, Roles.Admin)).StatusCode);

    private async Task EarnAsync(Guid customerId, long totalXaf)
    {
        var order = await system.APlacedOrderAsync(PaymentMethods.Cash, totalXaf, customerId);
        await system.Payments.DeliverAsync(new OrderDelivered(
            order.OrderId, order.OrderNumber, customerId, order.RestaurantId, order.RestaurantOwnerId, Guid.NewGuid(), totalXaf, 8, order.PlacedAt));
    }

    private Task<int> MarksAsync(Guid customer) =>
        system.Payments.WithDbAsync(db => db.Set<RiskMark>().CountAsync(mark => mark.CustomerId == customer));
}
