using System.Security.Cryptography;
using System.Text;
using EatFast.Errors;

namespace EatFast.Delivery.Domain;

/// <summary>One order on its way from the kitchen to the door; the hand-over codes prove each end of it.</summary>
public sealed partial class Delivery
{
    private const int MaxWrongCodes = 5;
    private static readonly TimeSpan CodeLock = TimeSpan.FromMinutes(10);

    private Delivery()
    {
    }

    public Guid Id { get; private init; }
    public Guid OrderId { get; private init; }
    public DeliveryStatus Status { get; private set; }
    public Guid? DriverId { get; private set; }
    public double RestaurantLatitude { get; private init; }
    public double RestaurantLongitude { get; private init; }
    public long FeeXaf { get; private init; }
    public int DistanceMetres { get; private init; }
    public int TravelMinutes { get; private init; }
    public bool IsCash { get; private init; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset ReadyExpectedAt { get; private init; }
    public DateTimeOffset ExpectedAt { get; private init; }
    public DateTimeOffset? ReadyAt { get; private set; }
    public DateTimeOffset? AssignedAt { get; private set; }
    public DateTimeOffset? PickedUpAt { get; private set; }
    public DateTimeOffset? DepartedAt { get; private set; }
    public DateTimeOffset? DeliveredAt { get; private set; }
    public DateTimeOffset? CancelledAt { get; private set; }
    public DateTimeOffset? StalledAt { get; private set; }
    public Guid? OfferedTo { get; private set; }
    public DateTimeOffset? OfferEndsAt { get; private set; }
    public int WrongCodes { get; private set; }
    public DateTimeOffset? CodeLockedUntil { get; private set; }
    public int Version { get; private set; }

    public GeoPoint Restaurant => new(RestaurantLatitude, RestaurantLongitude);

    public int CodeTriesLeft => CodeLockedUntil is null ? MaxWrongCodes - WrongCodes : 0;

    public bool IsPaid => !IsCash || Status == DeliveryStatus.Delivered;

    public static Delivery Open(OrderToDeliver order, Trip trip, DateTimeOffset now)
    {
        var readyExpectedAt = now + TimeSpan.FromMinutes(order.PreparationMinutes);
        return new()
        {
            Id = Guid.CreateVersion7(now),
            OrderId = order.OrderId,
            StoredOrder = order,
            IsCash = order.IsCash,
            RestaurantLatitude = order.Restaurant.Latitude,
            RestaurantLongitude = order.Restaurant.Longitude,
            FeeXaf = order.DeliveryFeeXaf,
            DistanceMetres = trip.Metres,
            TravelMinutes = trip.Minutes,
            CreatedAt = now,
            ReadyExpectedAt = readyExpectedAt,
            ExpectedAt = readyExpectedAt + TimeSpan.FromMinutes(trip.Minutes)
        };
    }

    /// <summary>The order stopped before its delivery was opened: with this row in its place a late confirmation opens nothing.</summary>
    public static Delivery StoppedBeforeOpening(Guid orderId, DateTimeOffset now)
    {
        var delivery = Open(new OrderToDeliver { OrderId = orderId, OrderedAt = now }, default, now);
        delivery.Cancel(now);
        return delivery;
    }

    /// <summary>The driver is asked by name until the offer ends.</summary>
    public DeliveryOffer OfferTo(Driver driver, TimeSpan lease, DateTimeOffset now)
    {
        (OfferedTo, OfferEndsAt) = (driver.Id, now + lease);
        Version++;
        return DeliveryOffer.Of(this, now);
    }

    /// <summary>Refuses with OFFER_RESERVED while somebody else is being asked.</summary>
    public void RequireNotReserved(Guid driverId, DateTimeOffset now)
    {
        if (Status == DeliveryStatus.Pending && OfferedTo is { } asked && asked != driverId && OfferEndsAt > now)
            throw new RuleViolatedException("OFFER_RESERVED");
    }

    /// <summary>True when the food newly turns out to wait without anybody to fetch it.</summary>
    public bool Stall(DateTimeOffset now)
    {
        if (Status != DeliveryStatus.Pending || ReadyAt is null || StalledAt is not null)
            return false;
        StalledAt = now;
        Version++;
        return true;
    }

    /// <summary>Refuses with OFFER_TAKEN, OFFER_WITHDRAWN, DRIVER_OFFLINE, DRIVER_BUSY or CASH_CEILING_REACHED.</summary>
    public void AssignTo(Driver driver, DateTimeOffset now)
    {
        if (Status is DeliveryStatus.Cancelled or DeliveryStatus.Failed)
            throw new RuleViolatedException("OFFER_WITHDRAWN");
        if (Status != DeliveryStatus.Pending)
            throw new RuleViolatedException("OFFER_TAKEN");
        driver.TakeJob(IsCash, now);
        Become(DeliveryStatus.Assigned);
        (DriverId, AssignedAt) = (driver.Id, now);
    }

    /// <summary>
    /// Whether the step may be taken with this code; a wrong code is counted, so it has to be saved too.
    /// Refuses with DELIVERY_TRANSITION_NOT_ALLOWED, CODE_LOCKED or CODE_REQUIRED.
    /// </summary>
    public bool Accepts(DeliveryStatus target, string? code, DateTimeOffset now)
    {
        RequireTransition(target);
        if (target is not (DeliveryStatus.PickedUp or DeliveryStatus.Delivered))
            return true;
        if (CodeLockedUntil > now)
            throw new RuleViolatedException("CODE_LOCKED", ("minutes", (int)Math.Ceiling((CodeLockedUntil.Value - now).TotalMinutes)));
        if (code is null)
            throw new RuleViolatedException("CODE_REQUIRED");
        return IsCode(target == DeliveryStatus.PickedUp ? Order.PickupCode : Order.DropCode, code, now);
    }

    /// <summary>Refuses with DELIVERY_TRANSITION_NOT_ALLOWED.</summary>
    public void Advance(DeliveryStatus target, DateTimeOffset now)
    {
        Become(target);
        if (target == DeliveryStatus.PickedUp)
            PickedUpAt = now;
        else if (target == DeliveryStatus.Delivering)
            DepartedAt = now;
        else if (target == DeliveryStatus.Delivered)
            DeliveredAt = now;
    }

    /// <summary>False when it was known already.</summary>
    public bool MarkReady(DateTimeOffset readyAt)
    {
        if (ReadyAt is not null)
            return false;
        ReadyAt = readyAt;
        Version++;
        return true;
    }

    /// <summary>False when it had ended already.</summary>
    public bool Cancel(DateTimeOffset now)
    {
        if (!Status.CanBecome(DeliveryStatus.Cancelled))
            return false;
        Become(DeliveryStatus.Cancelled);
        CancelledAt = now;
        return true;
    }

    private bool IsCode(string expected, string given, DateTimeOffset now)
    {
        Version++;
        var isRight = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
        WrongCodes = isRight || CodeLockedUntil is not null ? 0 : WrongCodes;
        CodeLockedUntil = null;
        if (!isRight && ++WrongCodes >= MaxWrongCodes)
            CodeLockedUntil = now + CodeLock;
        return isRight;
    }

    private void Become(DeliveryStatus target)
    {
        RequireTransition(target);
        Status = target;
        Version++;
    }

    private void RequireTransition(DeliveryStatus target)
    {
        if (!Status.CanBecome(target))
            throw new RuleViolatedException("DELIVERY_TRANSITION_NOT_ALLOWED", ("from", Status.Word()), ("to", target.Word()));
    }
}
