namespace EatFast.Notifications.Domain;

/// <summary>Who may follow an order live and how far it was; news may come late or early, so an older version never wins.</summary>
public sealed class FollowedOrder
{
    private FollowedOrder()
    {
    }

    public Guid OrderId { get; private set; }

    public Guid? CustomerId { get; private set; }

    public Guid? RestaurantOwnerId { get; private set; }

    public Guid? DriverId { get; private set; }

    public string? OrderNumber { get; private set; }

    public string? Status { get; private set; }

    public int Version { get; private set; }

    public static FollowedOrder Of(Guid orderId) => new() { OrderId = orderId };

    public void Introduce(string orderNumber, Guid customerId, Guid restaurantOwnerId, Guid? driverId) =>
        (OrderNumber, CustomerId, RestaurantOwnerId, DriverId) = (orderNumber, customerId, restaurantOwnerId, driverId ?? DriverId);

    /// <summary>False for news that is older than what is known.</summary>
    public bool Advance(int version, string status)
    {
        if (version < Version)
            return false;
        (Version, Status) = (version, status);
        return true;
    }

    public void AssignTo(Guid driverId) => DriverId = driverId;

    public bool IsFollowedBy(Guid userId) => userId == CustomerId || userId == RestaurantOwnerId || userId == DriverId;
}
