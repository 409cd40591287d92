namespace EatFast.Payments.Domain;

/// <summary>A number that a customer pays with often, sealed like every number; cards stay with their provider and are never saved here.</summary>
public sealed class SavedMethod
{
    private SavedMethod()
    {
    }

    public Guid Id { get; private init; }
    public Guid CustomerId { get; private init; }
    public string Type { get; private init; } = "";
    public string Operator { get; private init; } = "";
    public string SealedPhone { get; private init; } = "";
    public string? Label { get; private init; }
    public DateTimeOffset CreatedAt { get; private init; }

    public static SavedMethod Of(Guid id, Guid customerId, string type, string carrier, string sealedPhone, string? label, DateTimeOffset now) => new()
    {
        Id = id,
        CustomerId = customerId,
        Type = type,
        Operator = carrier,
        SealedPhone = sealedPhone,
        Label = label,
        CreatedAt = now
    };
}
