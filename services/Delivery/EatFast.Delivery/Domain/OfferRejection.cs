namespace EatFast.Delivery.Domain;

/// <summary>A driver does not want this delivery, so it is not shown to that driver again.</summary>
public sealed class OfferRejection
{
    public Guid DeliveryId { get; private init; }
    public Guid DriverId { get; private init; }
    public string Reason { get; private init; } = "";
    public DateTimeOffset RejectedAt { get; private init; }
}
