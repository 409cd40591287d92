using System.Globalization;
using EatFast.Notifications.Domain;
using EatFast.Ordering.Contracts;
using MassTransit;

namespace EatFast.Notifications.Features;

/// <summary>The customer is told of each step of an order: in the app, and by text or e-mail where kind and preferences say so.</summary>
internal sealed class NotifyCustomer(Postman postman) :
    IConsumer<OrderPlaced>, IConsumer<OrderReleased>, IConsumer<OrderConfirmed>, IConsumer<OrderRejected>, IConsumer<OrderPreparing>,
    IConsumer<OrderReady>, IConsumer<OrderPickedUp>, IConsumer<OrderInTransit>, IConsumer<OrderDelivered>, IConsumer<OrderCancelled>,
    IConsumer<OrderExpired>
{
    public Task Consume(ConsumeContext<OrderPlaced> context) =>
        PostAsync(NotificationKind.OrderPlaced, OrderChange.Of(context.Message), context);

    public Task Consume(ConsumeContext<OrderReleased> context) =>
        PostAsync(NotificationKind.OrderReleased, OrderChange.Of(context.Message), context);

    public Task Consume(ConsumeContext<OrderConfirmed> context) =>
        PostAsync(NotificationKind.OrderConfirmed, OrderChange.Of(context.Message), context);

    public Task Consume(ConsumeContext<OrderRejected> context) =>
        PostAsync(NotificationKind.OrderRejected, OrderChange.Of(context.Message), context);

    public Task Consume(ConsumeContext<OrderPreparing> context) =>
        PostAsync(NotificationKind.OrderPreparing, OrderChange.Of(context.Message), context);

    public Task Consume(ConsumeContext<OrderReady> context) =>
        PostAsync(NotificationKind.OrderReady, OrderChange.Of(context.Message), context);

    public Task Consume(ConsumeContext<OrderPickedUp> context) =>
        PostAsync(NotificationKind.OrderPickedUp, OrderChange.Of(context.Message), context);

    public Task Consume(ConsumeContext<OrderInTransit> context) =>
        PostAsync(NotificationKind.OrderInTransit, OrderChange.Of(context.Message), context);

    public Task Consume(ConsumeContext<OrderDelivered> context) =>
        PostAsync(NotificationKind.OrderDelivered, OrderChange.Of(context.Message), context);

    public Task Consume(ConsumeContext<OrderCancelled> context) =>
        PostAsync(NotificationKind.OrderCancelled, OrderChange.Of(context.Message), context);

    public Task Consume(ConsumeContext<OrderExpired> context) =>
        PostAsync(NotificationKind.OrderExpired, OrderChange.Of(context.Message), context);

    private Task PostAsync(NotificationKind kind, OrderChange change, ConsumeContext context)
    {
        var values = new Dictionary<string, string> { ["orderNumber"] = change.OrderNumber, ["status"] = change.Status };
        if (change.TotalXaf is { } total)
            values["total"] = Texts.Amount(total);
        if (change.PreparationMinutes is { } minutes)
            values["minutes"] = minutes.ToString(CultureInfo.InvariantCulture);
        // Postgres stores no NUL in text, and a reason may be somebody's own words.
        if (change.Note is { } reason)
            values["reason"] = reason.Replace("\0", "", StringComparison.Ordinal);
        var news = new News(kind, change.CustomerId, change.OrderId)
        {
            OrderId = change.OrderId,
            RestaurantId = change.RestaurantId,
            DriverId = change.DriverId,
            Values = values
        };
        return postman.PostAsync(news, context.CancellationToken);
    }
}
