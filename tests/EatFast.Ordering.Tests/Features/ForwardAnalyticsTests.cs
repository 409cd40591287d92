using System.Text.Json;
using EatFast.Ordering.Domain;
using EatFast.Ordering.Features;
using EatFast.Payments.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Ordering.Tests.Features;

public sealed class ForwardAnalyticsTests(OrderingSystem system)
{
    [Fact]
    public async Task What_happened_is_told_once_and_within_the_limits()
    {
        await ForwardAsync();
        var name = $"seen_{Guid.NewGuid():N}"[..30];
        var order = await system.OrderAtAsync("pending");
        var before = system.Clock.GetUtcNow().AddMinutes(-5);
        await system.Ordering.WithDbAsync(async db =>
        {
            for (var number = 0; number < 30; number++)
                db.Add(Told(name, before, order.CustomerId, """{"screen":"menu","position":3}"""));
            db.Add(Told(name, before, order.CustomerId, """{"mail":"awa@example.cm"}"""));
            await db.SaveChangesAsync();
            await db.Analytics.Where(row => row.OrderId == order.Id).ExecuteUpdateAsync(row => row.SetProperty(column => column.RecordedAt, before));
            return await db.AnalyticsForwardings.Where(mark => mark.Receiver == AnalyticsForwarding.Ga4).ExecuteUpdateAsync(row => row.SetProperty(column => column.RecordedAt, before.AddMinutes(-1)));
        });

        await Task.WhenAll(ForwardAsync(), ForwardAsync());
        await ForwardAsync();

        var (seen, complaints) = await system.Analytics.ReadAsync(name);
        var number = (await system.LoadAsync(order.Id)).OrderNumber;
        var purchase = Assert.Single((await system.Analytics.ReadAsync("purchase")).Events, told => NumberOf(told) == number);
        Assert.Equal((30, 0), (seen.Count, complaints));
        Assert.Equal(("XAF", 3_000), (purchase.GetProperty("params").GetProperty("currency").GetString(), ValueOf(purchase)));
        Assert.Equal(ScriptedCatalog.PriceXaf, purchase.GetProperty("params").GetProperty("items")[0].GetProperty("price").GetInt64());
    }

    [Fact]
    public async Task A_scheduled_order_is_one_purchase_and_a_part_that_goes_back_is_that_part()
    {
        await ForwardAsync();
        var early = await system.OrderAtAsync("pending", released: null);
        await system.Ordering.WithDbAsync(db => db.Orders.Where(order => order.Id == early.Id)
            .ExecuteUpdateAsync(order => order.SetProperty(row => row.ScheduledFor, system.Clock.GetUtcNow().AddHours(5))));
        await system.PayAsync(early);
        await system.Ordering.WithDbAsync(db => db.Orders.Where(order => order.Id == early.Id)
            .ExecuteUpdateAsync(order => order.SetProperty(row => row.ScheduledFor, system.Clock.GetUtcNow().AddMinutes(-1))));
        await system.ReleaseScheduledAsync(early);
        var delivered = await system.OrderAtAsync("delivered");
        await system.Ordering.DeliverAsync(new RefundIssued(Guid.NewGuid(), Guid.NewGuid(), delivered.Id, 700, false, system.Clock.GetUtcNow()), times: 2);
        await BeforeAsync(early.Id, delivered.Id);

        await ForwardAsync();

        var (first, second) = ((await system.LoadAsync(early.Id)).OrderNumber, (await system.LoadAsync(delivered.Id)).OrderNumber);
        Assert.Single((await system.Analytics.ReadAsync("purchase")).Events, told => NumberOf(told) == first);
        Assert.Equal(700, ValueOf(Assert.Single((await system.Analytics.ReadAsync("refund")).Events, told => NumberOf(told) == second)));
    }

    [Theory]
    [InlineData(-71, false)]
    [InlineData(-72, true)]
    [InlineData(-200, true)]
    public void What_is_older_than_three_days_is_not_told(int hours, bool isTooOld)
    {
        var now = system.Clock.GetUtcNow();

        Assert.Equal(isTooOld, EatFast.Ordering.Clients.Ga4Event.IsTooOld(Told("seen", now.AddHours(hours), Guid.NewGuid(), "{}"), now));
    }

    // As if it had been stored some minutes ago, where the forwarding looks.
    private Task<int> BeforeAsync(params Guid[] orders) => system.Ordering.WithDbAsync(async db =>
    {
        var before = system.Clock.GetUtcNow().AddMinutes(-5);
        await db.Analytics.Where(row => orders.Contains(row.OrderId!.Value)).ExecuteUpdateAsync(row => row.SetProperty(column => column.RecordedAt, before));
        return await db.AnalyticsForwardings.Where(mark => mark.Receiver == AnalyticsForwarding.Ga4)
            .ExecuteUpdateAsync(row => row.SetProperty(column => column.RecordedAt, before.AddMinutes(-1)));
    });

    private static string? NumberOf(JsonElement told) => told.GetProperty("params").GetProperty("transaction_id").GetString();

    private static long ValueOf(JsonElement told) => told.GetProperty("params").GetProperty("value").GetInt64();

    private static AnalyticsEvent Told(string name, DateTimeOffset at, Guid user, string properties) => new()
    {
        Id = Guid.NewGuid(),
        Name = name,
        OccurredAt = at,
        RecordedAt = at,
        UserId = user,
        SessionId = "17",
        Properties = properties
    };

    private async Task ForwardAsync()
    {
        using var scope = system.Ordering.Services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<ForwardAnalytics>().RunAsync(CancellationToken.None);
    }
}
