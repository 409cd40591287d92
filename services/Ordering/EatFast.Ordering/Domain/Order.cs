using EatFast.Errors;

namespace EatFast.Ordering.Domain;

/// <summary>An order from basket to door. Each change makes one version and one line of history, so nothing changes unseen.</summary>
public sealed partial class Order
{
    private readonly List<OrderItem> _items = [];
    private readonly List<OrderEvent> _history = [];
    private readonly List<OrderEvent> _changes = [];

    private Order()
    {
    }

    public Guid Id { get; private init; }
    public string OrderNumber { get; private init; } = "";
    public Guid CustomerId { get; private init; }
    public Guid RestaurantId { get; private init; }
    public Guid RestaurantOwnerId { get; private init; }
    public RestaurantCard Restaurant { get; private init; } = null!;
    public Pricing Pricing { get; private init; } = null!;
    public string PaymentMethod { get; private set; } = "";
    public string? PromoCode { get; private init; }
    public string? SealedGuest { get; private init; }
    public bool AcceptsAutomatically { get; private init; }
    /// <summary>Ours of the food, as it was agreed when the order was placed.</summary>
    public decimal CommissionPercent { get; private init; }
    public string DeliveryType { get; private init; } = Domain.DeliveryType.Delivery;
    /// <summary>When the food is wanted; null is as soon as it can be.</summary>
    public DateTimeOffset? ScheduledFor { get; private init; }
    public string PickupCode { get; private init; } = "";
    public string DropCode { get; private init; } = "";
    public int TravelMinutes { get; private init; }
    public DateTimeOffset CreatedAt { get; private init; }
    public string Status { get; private set; } = OrderStatus.Pending;
    public string PaymentStatus { get; private set; } = Domain.PaymentStatus.Pending;
    public Guid? DriverId { get; private set; }
    public int PreparationMinutes { get; private set; }
    public DateTimeOffset EstimatedDeliveryAt { get; private set; }
    public DateTimeOffset? ReleasedAt { get; private set; }
    public DateTimeOffset? ConfirmedAt { get; private set; }
    /// <summary>What of the total its customer has to pay for having cancelled it late.</summary>
    public int CancellationFeePercent { get; private set; }
    public DateTimeOffset? RatedAt { get; private set; }
    public DateTimeOffset UpdatedAt { get; private set; }
    public int Version { get; private set; }
    public OrderRating? Rating { get; private set; }
    public IReadOnlyList<OrderItem> Items => _items;
    public IReadOnlyList<OrderEvent> History => _history;
    public bool IsReleased => ReleasedAt is not null;
    public bool IsPickup => DeliveryType == Domain.DeliveryType.Pickup;

    public static Order Place(OrderDraft draft, DateTimeOffset now)
    {
        var order = new Order
        {
            Id = draft.Id ?? Guid.CreateVersion7(now),
            OrderNumber = draft.OrderNumber,
            CustomerId = draft.CustomerId,
            RestaurantId = draft.Seller.RestaurantId,
            RestaurantOwnerId = draft.Seller.OwnerId,
            Restaurant = draft.Seller.Card,
            StoredAddress = draft.Address,
            Pricing = draft.Pricing,
            PaymentMethod = draft.PaymentMethod,
            StoredInstructions = draft.SpecialInstructions,
            PromoCode = draft.Discount?.Code,
            SealedGuest = draft.SealedGuest,
            AcceptsAutomatically = draft.Seller.AcceptsAutomatically,
            CommissionPercent = draft.Seller.CommissionPercent,
            DeliveryType = draft.DeliveryType,
            ScheduledFor = draft.ScheduledFor,
            PickupCode = HandoverCode.New(),
            DropCode = HandoverCode.New(),
            TravelMinutes = draft.TravelMinutes,
            CreatedAt = now
        };
        order._items.AddRange(draft.Items);
        order.ExpectFood(draft.Seller.PreparationMinutes, now);
        order.Record(OrderEvent.Placed, new Actor(ActorKind.Customer, draft.CustomerId), now);
        return order;
    }

    public void Confirm(Actor actor, int preparationMinutes, DateTimeOffset now)
    {
        MoveTo(OrderStatus.Confirmed, actor, now);
        ConfirmedAt = now;
        ExpectFood(preparationMinutes, now);
    }

    /// <summary>The kitchen needs longer, or less long, counted from its confirmation. Refuses with ORDER_TRANSITION_NOT_ALLOWED.</summary>
    public void ChangePreparation(Actor actor, int preparationMinutes, DateTimeOffset now)
    {
        if (Status is not (OrderStatus.Confirmed or OrderStatus.Preparing))
            throw new RuleViolatedException("ORDER_TRANSITION_NOT_ALLOWED", ("from", Status), ("to", OrderEvent.PreparationChanged));
        ExpectFood(preparationMinutes, ConfirmedAt ?? now);
        Record(OrderEvent.PreparationChanged, actor, now);
    }

    /// <summary>Refuses with REASON_REQUIRED: the customer is told why.</summary>
    public void Reject(Actor actor, string? reason, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw new RuleViolatedException("REASON_REQUIRED");
        MoveTo(OrderStatus.Rejected, actor, now, reason);
    }

    /// <summary>Refuses with ORDER_ALREADY_CANCELLED or ORDER_NOT_CANCELLABLE; a customer may until the food is ready.</summary>
    public void Cancel(Actor actor, string? reason, string? comment, CancellationPolicy policy, DateTimeOffset now)
    {
        if (Status == OrderStatus.Cancelled)
            throw new RuleViolatedException("ORDER_ALREADY_CANCELLED");
        if (!OrderTransitions.Allows(Status, OrderStatus.Cancelled, actor.Kind))
            throw new RuleViolatedException("ORDER_NOT_CANCELLABLE", ("status", Status));
        CancellationFeePercent = policy.FeeOf(this, actor, now);
        MoveTo(OrderStatus.Cancelled, actor, now, string.IsNullOrWhiteSpace(reason) ? $"{actor.Kind}_request" : reason, comment);
    }

    public void AssignDriver(Guid driverId, DateTimeOffset now)
    {
        if (DriverId == driverId || Status is not (OrderStatus.Confirmed or OrderStatus.Preparing or OrderStatus.Ready))
            return;
        DriverId = driverId;
        Record(OrderEvent.DriverAssigned, Actor.Platform, now);
    }

    /// <summary>Catches up with the driver through every stage in between; a kitchen that forgot to press "ready" is not waited for.</summary>
    public void FollowDriver(Guid driverId, string stage, DateTimeOffset now)
    {
        if (OrderStatus.IsStopped(Status) || (OrderStatus.HasReached(Status, stage) && !Defect.Is("unordered-apply")))
            return;
        DriverId = driverId;
        var driver = new Actor(ActorKind.Driver, driverId);
        if (OrderStatus.HasReached(Status, stage))
            Apply(new(Status, stage, [driver.Kind]), driver, now, null, null);
        // A millisecond apart, so that ids made from these times keep the order of the stages.
        for (var at = now; Status != stage; at = at.AddMilliseconds(1))
        {
            var next = OrderStatus.Next(Status);
            MoveTo(next, OrderStatus.HasReached(next, OrderStatus.PickedUp) ? driver : Actor.Platform, at);
        }
    }

    /// <summary>Refuses with ORDER_NOT_DELIVERED or ORDER_ALREADY_RATED; the first rating also closes the order.</summary>
    public void Rate(OrderRating rating, Actor customer, DateTimeOffset now)
    {
        if (!OrderStatus.HasReached(Status, OrderStatus.Delivered))
            throw new RuleViolatedException("ORDER_NOT_DELIVERED", ("status", Status));
        if (RatedAt is not null)
            throw new RuleViolatedException("ORDER_ALREADY_RATED");
        (RatedAt, Rating) = (now, rating);
        Record(OrderEvent.Rated, customer, now);
        if (Status == OrderStatus.Delivered)
            MoveTo(OrderStatus.Completed, Actor.Platform, now.AddMilliseconds(1), OrderEvent.Rated);
    }

    public void MoveTo(string status, Actor actor, DateTimeOffset now, string? reason = null, string? comment = null) =>
        Apply(OrderTransitions.Require(Status, status, actor.Kind, IsPickup), actor, now, reason, comment);

    /// <summary>The changes since the last call, for whoever announces them.</summary>
    public IReadOnlyList<OrderEvent> TakeChanges()
    {
        var taken = _changes.ToArray();
        _changes.Clear();
        return taken;
    }

    private void Apply(OrderTransition transition, Actor actor, DateTimeOffset now, string? reason, string? comment)
    {
        if (transition.NeedsRelease && !IsReleased)
            throw new RuleViolatedException("ORDER_NOT_RELEASED");
        Status = transition.To;
        Record(transition.To, actor, now, reason, comment);
    }

    private void ExpectFood(int preparationMinutes, DateTimeOffset now) =>
        (PreparationMinutes, EstimatedDeliveryAt) = (preparationMinutes, Later(now.AddMinutes(preparationMinutes + TravelMinutes), ScheduledFor));

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;

    private void Record(string kind, Actor actor, DateTimeOffset at, string? reason = null, string? comment = null)
    {
        Version++;
        UpdatedAt = at;
        var change = OrderEvent.Of(this, kind, actor, at, reason, comment);
        _history.Add(change);
        _changes.Add(change);
        if (comment is not null)
            _spoken.Add(change);
    }
}
