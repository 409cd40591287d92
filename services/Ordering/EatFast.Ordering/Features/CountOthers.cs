using EatFast.Catalog.Contracts;
using EatFast.Identity.Contracts;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

/// <summary>What other services tell goes into the analytics too; an order's own life is counted where it is saved.</summary>
internal sealed class CountOthers(OrderingDbContext db, TimeProvider clock) : IConsumer<UserRegistered>, IConsumer<RestaurantChanged>
{
    public Task Consume(ConsumeContext<UserRegistered> context) => CountAsync(
        $"user {context.Message.UserId:N}", "user_registered", context.Message.RegisteredAt, context.Message.UserId, null, context.CancellationToken);

    public Task Consume(ConsumeContext<RestaurantChanged> context) => CountAsync(
        $"restaurant {context.Message.RestaurantId:N} {context.Message.Version}", $"restaurant_{context.Message.Status}", context.Message.ChangedAt,
        context.Message.OwnerId, context.Message.RestaurantId, context.CancellationToken);

    private async Task CountAsync(string what, string name, DateTimeOffset at, Guid userId, Guid? restaurantId, CancellationToken ct)
    {
        var (id, now) = (AnalyticsEvent.IdOf(what), clock.GetUtcNow());
        if (await db.Analytics.AnyAsync(known => known.Id == id, ct))
            return;
        db.Add(new AnalyticsEvent
        {
            Id = id,
            Name = name,
            OccurredAt = at,
            RecordedAt = now,
            UserId = userId,
            RestaurantId = restaurantId
        });
        await db.SaveChangesAsync(ct);
    }
}
