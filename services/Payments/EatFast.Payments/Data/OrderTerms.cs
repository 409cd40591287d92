namespace EatFast.Payments.Data;

/// <summary>A restaurant's commission as Catalog last told it; an older word never replaces a newer one.</summary>
public sealed class RestaurantRate
{
    public required Guid RestaurantId { get; init; }
    public required decimal CommissionPercent { get; init; }
    public required int Version { get; init; }
}

/// <summary>A guest who has an account now: what is heard of the guest afterwards belongs to the account too.</summary>
public sealed class ConvertedGuest
{
    public required Guid GuestId { get; init; }
    public required Guid UserId { get; init; }
}
