namespace EatFast.Delivery.Domain;

/// <summary>One driver was asked once; whoever was asked least often is asked next.</summary>
public sealed class DeliveryOffer
{
    private DeliveryOffer()
    {
    }

    public Guid Id { get; private init; }
    public Guid DeliveryId { get; private init; }
    public Guid DriverId { get; private init; }
    public DateTimeOffset OfferedAt { get; private init; }
    public DateTimeOffset EndsAt { get; private init; }

    internal static DeliveryOffer Of(Delivery delivery, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        DeliveryId = delivery.Id,
        DriverId = delivery.OfferedTo!.Value,
        OfferedAt = now,
        EndsAt = delivery.OfferEndsAt!.Value
    };
}
