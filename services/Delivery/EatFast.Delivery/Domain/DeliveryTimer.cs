namespace EatFast.Delivery.Domain;

/// <summary>Something that happens to a delivery unless it has moved on by then; an offer's timer runs again for the next driver.</summary>
public sealed class DeliveryTimer
{
    public const string Offer = "offer";
    public const string NoDriver = "no_driver";

    private DeliveryTimer()
    {
    }

    public Guid Id { get; private init; }
    public Guid DeliveryId { get; private init; }
    public string Kind { get; private init; } = "";
    public DateTimeOffset DueAt { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }

    public static DeliveryTimer Set(Delivery delivery, string kind, DateTimeOffset now, DateTimeOffset dueAt) =>
        new() { Id = Guid.CreateVersion7(now), DeliveryId = delivery.Id, Kind = kind, DueAt = dueAt };

    public void RunAgain(DateTimeOffset dueAt) => DueAt = dueAt;

    public void Finish(DateTimeOffset now) => DoneAt = now;
}
