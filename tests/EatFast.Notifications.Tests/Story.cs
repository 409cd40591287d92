using EatFast.Identity.Contracts.V1;
using EatFast.Ordering.Contracts;
using EatFast.Ordering.Contracts.V1;

namespace EatFast.Notifications.Tests;

/// <summary>One customer with one order, known to both neighbours, and the events about it.</summary>
internal sealed class Story
{
    private static int _numbers = 10_000;
    private readonly NotificationsSystem _system;

    public Story(NotificationsSystem system, string language = "fr", string? phone = null, string? email = null)
    {
        _system = system;
        var number = Interlocked.Increment(ref _numbers);
        (Number, Phone, Email) = ($"EF-{number}", phone ?? $"+2376770{number}", email ?? $"customer{number}@example.cm");
        system.Identity.Contacts[CustomerId.ToString()] = new GetContactReply
        {
            UserId = CustomerId.ToString(),
            FirstName = "Amina",
            LastName = "Ngo",
            Email = Email,
            Phone = Phone,
            Language = language
        };
        system.Ordering.Orders[OrderId.ToString()] = new Order
        {
            OrderId = OrderId.ToString(),
            OrderNumber = Number,
            Status = "pending",
            PaymentStatus = "paid",
            CustomerId = CustomerId.ToString(),
            RestaurantId = RestaurantId.ToString(),
            RestaurantOwnerId = OwnerId.ToString(),
            RestaurantName = "Chez Tantine & Fils",
            TotalXaf = 6500,
            DeliveryFeeXaf = 500,
            DropCode = "4711",
            CreatedAt = "2026-01-02T03:04:05Z",
            Lines = { new Order.Types.Line { ItemId = "item-1", Name = "Ndolé", Quantity = 2, UnitPriceXaf = 3000 } }
        };
    }

    public Guid OrderId { get; } = Guid.NewGuid();

    public Guid CustomerId { get; } = Guid.NewGuid();

    public Guid OwnerId { get; } = Guid.NewGuid();

    public Guid RestaurantId { get; } = Guid.NewGuid();

    public Guid DriverId { get; } = Guid.NewGuid();

    public string Number { get; }

    public string Phone { get; }

    public string Email { get; }

    private DateTimeOffset Now => _system.Clock.GetUtcNow();

    public OrderPlaced Placed(int version = 1) => new(OrderId, Number, CustomerId, RestaurantId, OwnerId, 6500, "campay", version, Now);

    public OrderReleased Released(int version = 2) => new(OrderId, Number, CustomerId, RestaurantId, OwnerId, 6500, version, Now);

    public OrderConfirmed Confirmed(int version = 3) => new(OrderId, Number, CustomerId, RestaurantId, OwnerId, 20, version, Now);

    public OrderRejected Rejected(int version = 3) =>
        new(OrderId, Number, CustomerId, RestaurantId, OwnerId, "rupture de stock", version, Now);

    public OrderPreparing Preparing(int version = 4) => new(OrderId, Number, CustomerId, RestaurantId, OwnerId, version, Now);

    public OrderReady Ready(int version = 5) => new(OrderId, Number, CustomerId, RestaurantId, OwnerId, version, Now);

    public OrderPickedUp PickedUp(int version = 6) => new(OrderId, Number, CustomerId, RestaurantId, OwnerId, DriverId, version, Now);

    public OrderInTransit InTransit(int version = 7) => new(OrderId, Number, CustomerId, RestaurantId, OwnerId, DriverId, version, Now);

    public OrderDelivered Delivered(int version = 8) =>
        new(OrderId, Number, CustomerId, RestaurantId, OwnerId, DriverId, 6500, version, Now);

    public OrderCompleted Completed(int version = 9) => new(OrderId, Number, CustomerId, RestaurantId, OwnerId, version, Now);

    public OrderCancelled Cancelled(int version = 3) =>
        new(OrderId, Number, CustomerId, RestaurantId, OwnerId, "nul \0 dedans", version, Now);

    public OrderExpired Expired(int version = 2) => new(OrderId, Number, CustomerId, RestaurantId, OwnerId, version, Now);
}
