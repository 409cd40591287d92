namespace EatFast.Payments.Domain;

/// <summary>One balanced booking, never changed afterwards: its lines sum to zero, debits positive and credits negative.</summary>
public sealed class LedgerEntry
{
    private readonly List<LedgerLine> _lines = [];

    private LedgerEntry()
    {
    }

    public Guid Id { get; private init; }
    public string Kind { get; private init; } = "";
    /// <summary>What is booked: an attempt, a payment, a hand-over; one entry per kind and source.</summary>
    public Guid SourceId { get; private init; }
    public Guid? PaymentId { get; private init; }
    public DateTimeOffset BookedAt { get; private init; }
    public string? Note { get; private init; }
    public IReadOnlyList<LedgerLine> Lines => _lines;

    internal static LedgerEntry Book(
        string kind, Guid sourceId, Guid? paymentId, DateTimeOffset now,
        params IReadOnlyList<(string Account, Guid? Owner, long AmountXaf)> lines) =>
        Book(kind, sourceId, paymentId, now, null, lines);

    internal static LedgerEntry Book(
        string kind, Guid sourceId, Guid? paymentId, DateTimeOffset now, string? note,
        IReadOnlyList<(string Account, Guid? Owner, long AmountXaf)> lines)
    {
        var entry = new LedgerEntry
        {
            Id = Guid.CreateVersion7(now),
            Kind = kind,
            SourceId = sourceId,
            PaymentId = paymentId,
            BookedAt = now,
            Note = note
        };
        foreach (var (account, owner, amountXaf) in lines.Where(line => line.AmountXaf != 0))
            entry._lines.Add(new LedgerLine(entry.Id, entry._lines.Count + 1, account, owner, amountXaf));
        return entry;
    }
}

/// <summary>One side of a booking, on the account of an owner (null: our own).</summary>
public sealed record LedgerLine(Guid EntryId, int Number, string Account, Guid? OwnerId, long AmountXaf);

/// <summary>What a booking is about; together with its source it can be booked once.</summary>
public static class EntryKind
{
    public const string Capture = "capture";
    public const string Refund = "refund";
    public const string WalletRefund = "wallet_refund";
    public const string WalletPayment = "wallet_payment";
    public const string CashCollected = "cash_collected";
    public const string Settlement = "settlement";
    public const string CancellationFee = "cancellation_fee";
    public const string RefundFunding = "refund_funding";
    /// <summary>A card's bank took a charge back.</summary>
    public const string Chargeback = "chargeback";
    public const string ChargebackReturned = "chargeback_returned";
    public const string Payout = "payout";
    public const string PayoutSent = "payout_sent";
    public const string PayoutReturned = "payout_returned";
    public const string CashHandedOver = "cash_handed_over";
    public const string LoyaltyReward = "loyalty_reward";
    /// <summary>From a guest to the account that the guest became.</summary>
    public const string WalletTransfer = "wallet_transfer";
}

public static class Accounts
{
    public const string ProviderClearing = "provider_clearing";
    public const string NouPayClearing = "noupay_clearing";
    public const string StripeClearing = "stripe_clearing";
    public const string OrderEscrow = "order_escrow";
    public const string CashFloat = "cash_float";
    /// <summary>Cash that was handed over to us.</summary>
    public const string CashDesk = "cash_desk";
    /// <summary>What was missing when a driver's cash was counted.</summary>
    public const string CashShortage = "cash_shortage";
    public const string PayoutsPending = "payouts_pending";
    public const string Wallet = "wallet";
    public const string RestaurantPayable = "restaurant_payable";
    public const string DriverEarning = "driver_earning";
    public const string Commission = "commission";
    public const string Fees = "fees";
    public const string Promotions = "promotions";
    public const string Taxes = "taxes";
    /// <summary>What the platform pays for its own or others' mistakes.</summary>
    public const string Corrections = "corrections";

    public static string ClearingOf(string provider) => provider switch
    {
        PaymentMethods.NouPay => NouPayClearing,
        PaymentMethods.Stripe => StripeClearing,
        _ => ProviderClearing
    };
}
