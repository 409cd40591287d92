using EatFast.Notifications.Clients;
using EatFast.Notifications.Domain;
using EatFast.Notifications.Realtime;
using EatFast.Ordering.Contracts;
using MassTransit;

namespace EatFast.Notifications.Features;

internal sealed record NewOrderMessage(
    Guid OrderId, string OrderNumber, Guid RestaurantId, string CustomerName, string CustomerPhone, DateTimeOffset OrderTime,
    long TotalAmount, string Currency, string Status, string PaymentStatus, string DeliveryType, int EstimatedPrepTime,
    string? SpecialInstructions, IReadOnlyList<NewOrderItem> Items, DateTimeOffset Timestamp);

internal sealed record NewOrderItem(string ItemId, string Name, long Price, int Quantity);

/// <summary>The kitchen learns of an order only when it is paid or approved, in the form of its board.</summary>
internal sealed class AnnounceNewOrder(Orders orders, Contacts contacts, Postman postman, Broadcast broadcast) : IConsumer<OrderReleased>
{
    public async Task Consume(ConsumeContext<OrderReleased> context)
    {
        var (released, ct) = (context.Message, context.CancellationToken);
        var details = await orders.FindAsync(released.OrderId, ct);
        var customer = await contacts.FindAsync(released.CustomerId, ct);
        await postman.PostAsync(NewsOf(released), ct);
        await broadcast.SendAsync(
            RealtimeEvents.NewOrder, MessageOf(released, details, customer), Rooms.OfUser(released.RestaurantOwnerId), Rooms.Admins);
    }

    private static News NewsOf(OrderReleased released) => new(NotificationKind.NewOrder, released.RestaurantOwnerId, released.OrderId)
    {
        OrderId = released.OrderId,
        RestaurantId = released.RestaurantId,
        Values = new Dictionary<string, string> { ["orderNumber"] = released.OrderNumber, ["total"] = Texts.Amount(released.TotalXaf) }
    };

    private static NewOrderMessage MessageOf(OrderReleased released, OrderDetails? details, Contact? customer) => new(
        released.OrderId,
        released.OrderNumber,
        released.RestaurantId,
        customer?.FirstName ?? "",
        customer?.Phone ?? "",
        DateTimeOffset.TryParse(details?.CreatedAt, out var placedAt) ? placedAt : released.ReleasedAt,
        released.TotalXaf,
        "XAF",
        "pending",
        details?.PaymentStatus is "paid" ? "paid" : "pending",
        "delivery",
        details?.PreparationMinutes ?? 0,
        details?.Instructions,
        [.. (details?.Lines ?? []).Select(line => new NewOrderItem(line.ItemId, line.Name, line.UnitPriceXaf, line.Quantity))],
        released.ReleasedAt);
}
