using System.Globalization;
using EatFast.Delivery.Contracts;
using EatFast.Notifications.Domain;
using MassTransit;

namespace EatFast.Notifications.Features;

/// <summary>Food waits without a driver: every administrator sees it, now and in the list, because only a person can find one.</summary>
internal sealed class AlertOperators(Postman postman) : IConsumer<DeliveryStalled>
{
    public Task Consume(ConsumeContext<DeliveryStalled> context)
    {
        var stalled = context.Message;
        var minutes = Math.Max(0, (int)(stalled.StalledAt - stalled.ReadyAt).TotalMinutes);
        return postman.PostAsync(new News(NotificationKind.DeliveryStalled, Audience.Operators, stalled.DeliveryId)
        {
            OrderId = stalled.OrderId,
            RestaurantId = stalled.RestaurantId,
            Values = new Dictionary<string, string>
            {
                ["orderNumber"] = stalled.OrderNumber,
                ["minutes"] = minutes.ToString(CultureInfo.InvariantCulture)
            }
        }, context.CancellationToken);
    }
}
