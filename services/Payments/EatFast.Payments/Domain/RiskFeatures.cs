namespace EatFast.Payments.Domain;

/// <summary>What is known of an order at the moment of its decision, by name; what could not be found out is absent, not zero.</summary>
public sealed class RiskFeatures
{
    private readonly SortedDictionary<string, long> _values = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> Values => _values;

    public long? this[string name] => _values.TryGetValue(name, out var value) ? value : null;

    public RiskFeatures With(string name, long? value)
    {
        if (value is { } known)
            _values[name] = known;
        return this;
    }
}

/// <summary>The names that rules may speak of, and a learned model may be fed with.</summary>
public static class RiskFeature
{
    public const string AmountXaf = "amount_xaf";
    public const string DeliveredOrders = "delivered_orders";
    public const string OrdersLastHour = "orders_1h";
    public const string OrdersLastDay = "orders_24h";
    public const string OpenCashOrders = "open_cash_orders";
    public const string StoppedOrders = "stopped_orders_30d";
    public const string FailedHandOvers = "failed_handovers_30d";
    public const string FailedHandOversAtAddress = "failed_handovers_at_address_30d";
    public const string FailedCharges = "failed_charges_1h";
    public const string NewPhones = "new_phones_24h";
    public const string AccountsOnPhone = "other_accounts_on_phone";
    public const string AccountsOnDevice = "other_accounts_on_device";
    public const string AccountsAtAddress = "other_accounts_at_address";
    public const string DistanceMetres = "distance_m";
    public const string IsGuest = "is_guest";
    /// <summary>Of a guest's order: its number was proven before. Accounts are asked about when it matters.</summary>
    public const string GuestPhoneProven = "guest_phone_proven";
    public const string ConfirmedFrauds = "confirmed_frauds";

    public static readonly IReadOnlySet<string> All = new HashSet<string>
    {
        AmountXaf, DeliveredOrders, OrdersLastHour, OrdersLastDay, OpenCashOrders, StoppedOrders, FailedHandOvers, FailedHandOversAtAddress,
        FailedCharges, NewPhones, AccountsOnPhone, AccountsOnDevice, AccountsAtAddress, DistanceMetres, IsGuest, GuestPhoneProven,
        ConfirmedFrauds
    };
}
