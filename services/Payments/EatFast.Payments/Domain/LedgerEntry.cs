namespace EatFast.Payments.Domain;

/// <summary>One balanced booking, never changed afterwards: its lines sum to zero, debits positive and credits negative.</summary>
public sealed class LedgerEntry
{
    private const long RestaurantPercent = 85;
    private readonly List<LedgerLine> _lines = [];

    private LedgerEntry()
    {
    }

    public Guid Id { get; private init; }
    public string Kind { get; private init; } = "";
    /// <summary>The attempt or payment that is booked; one entry per kind and source.</summary>
    public Guid SourceId { get; private init; }
    public Guid PaymentId { get; private init; }
    public DateTimeOffset BookedAt { get; private init; }
    public IReadOnlyList<LedgerLine> Lines => _lines;

    public static LedgerEntry Captured(Payment payment, Attempt collect, DateTimeOffset now) =>
        Book("capture", collect.Id, payment, now,
            (Accounts.ProviderClearing, null, collect.AmountXaf),
            (Accounts.OrderEscrow, payment.OrderId, -collect.AmountXaf));

    public static LedgerEntry Refunded(Payment payment, Attempt refund, DateTimeOffset now) =>
        Book("refund", refund.Id, payment, now,
            (Accounts.OrderEscrow, payment.OrderId, refund.AmountXaf),
            (Accounts.ProviderClearing, null, -refund.AmountXaf));

    public static LedgerEntry CashCollected(Payment payment, Guid holder, DateTimeOffset now) =>
        Book("cash_collected", payment.Id, payment, now,
            (Accounts.CashFloat, holder, payment.AmountXaf),
            (Accounts.OrderEscrow, payment.OrderId, -payment.AmountXaf));

    /// <summary>Splits a delivered order; what neither the restaurant nor the driver gets is our commission.</summary>
    public static LedgerEntry Settled(Payment payment, long deliveryFeeXaf, Guid? driverId, DateTimeOffset now)
    {
        var foodXaf = Math.Max(0, payment.AmountXaf - deliveryFeeXaf);
        var restaurantXaf = foodXaf * RestaurantPercent / 100;
        var driverXaf = driverId is null ? 0 : deliveryFeeXaf;
        return Book("settlement", payment.Id, payment, now,
            (Accounts.OrderEscrow, payment.OrderId, payment.AmountXaf),
            (Accounts.RestaurantPayable, payment.RestaurantId, -restaurantXaf),
            (Accounts.DriverEarning, driverId, -driverXaf),
            (Accounts.Commission, null, restaurantXaf + driverXaf - payment.AmountXaf));
    }

    private static LedgerEntry Book(
        string kind, Guid sourceId, Payment payment, DateTimeOffset now, params (string Account, Guid? Owner, long AmountXaf)[] lines)
    {
        var entry = new LedgerEntry
        {
            Id = Guid.CreateVersion7(now),
            Kind = kind,
            SourceId = sourceId,
            PaymentId = payment.Id,
            BookedAt = now
        };
        foreach (var (account, owner, amountXaf) in lines.Where(line => line.AmountXaf != 0))
            entry._lines.Add(new LedgerLine(entry.Id, entry._lines.Count + 1, account, owner, amountXaf));
        return entry;
    }
}

/// <summary>One side of a booking, on the account of an owner (null: our own).</summary>
public sealed record LedgerLine(Guid EntryId, int Number, string Account, Guid? OwnerId, long AmountXaf);

public static class Accounts
{
    public const string ProviderClearing = "provider_clearing";
    public const string OrderEscrow = "order_escrow";
    public const string CashFloat = "cash_float";
    public const string RestaurantPayable = "restaurant_payable";
    public const string DriverEarning = "driver_earning";
    public const string Commission = "commission";
}
