using System.Text.Json;
using EatFast.Ordering.Domain;
using EatFast.Ordering.Features;
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
            return await db.AnalyticsForwardings.ExecuteUpdateAsync(row => row.SetProperty(column => column.RecordedAt, before.AddMinutes(-1)));
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
