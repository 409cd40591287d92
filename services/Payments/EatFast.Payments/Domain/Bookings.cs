namespace EatFast.Payments.Domain;

/// <summary>What the parts of an order's price are, as Ordering holds them; parts that it does not name are food.</summary>
public sealed record PriceParts(long DeliveryFeeXaf, long ServiceFeeXaf = 0, long TaxXaf = 0, long DiscountXaf = 0, long TipXaf = 0)
{
    public long FoodOf(long totalXaf) => Math.Max(0, totalXaf + DiscountXaf - DeliveryFeeXaf - ServiceFeeXaf - TaxXaf - TipXaf);
}

/// <summary>The movements of an order's money as entries of the ledger.</summary>
public static class Bookings
{
    /// <summary>A charge came in; a top-up goes to its wallet, everything else waits under its order.</summary>
    public static LedgerEntry Captured(Payment payment, Attempt collect, bool pays, DateTimeOffset now) =>
        LedgerEntry.Book(EntryKind.Capture, collect.Id, payment.Id, now,
            (Accounts.ClearingOf(collect.Provider), null, collect.BroughtXaf),
            pays && payment.IsTopUp
                ? (Accounts.Wallet, payment.CustomerId, -collect.BroughtXaf)
                : (Accounts.OrderEscrow, payment.OrderId, -collect.BroughtXaf));

    public static LedgerEntry Refunded(Payment payment, Attempt refund, DateTimeOffset now) =>
        LedgerEntry.Book(EntryKind.Refund, refund.Id, payment.Id, now,
            (Accounts.OrderEscrow, payment.OrderId, refund.AmountXaf),
            (Accounts.ClearingOf(refund.Provider), null, -refund.AmountXaf));

    public static LedgerEntry RefundedToWallet(Payment payment, Guid refundId, long amountXaf, DateTimeOffset now) =>
        LedgerEntry.Book(EntryKind.WalletRefund, refundId, payment.Id, now,
            (Accounts.OrderEscrow, payment.OrderId, amountXaf),
            (Accounts.Wallet, payment.CustomerId, -amountXaf));

    public static LedgerEntry PaidFromWallet(Payment payment, DateTimeOffset now) =>
        LedgerEntry.Book(EntryKind.WalletPayment, payment.Id, payment.Id, now,
            (Accounts.Wallet, payment.CustomerId, payment.AmountXaf),
            (Accounts.OrderEscrow, payment.OrderId, -payment.AmountXaf));

    public static LedgerEntry CashCollected(Payment payment, Guid holder, DateTimeOffset now) =>
        LedgerEntry.Book(EntryKind.CashCollected, payment.Id, payment.Id, now,
            (Accounts.CashFloat, holder, payment.AmountXaf),
            (Accounts.OrderEscrow, payment.OrderId, -payment.AmountXaf));

    /// <summary>A restaurant took the cash of an order at its own counter: it keeps it, and owes it like everything that was paid in advance.</summary>
    public static LedgerEntry CashKept(Payment payment, DateTimeOffset now) =>
        LedgerEntry.Book(EntryKind.CashCollected, payment.Id, payment.Id, now,
            (Accounts.RestaurantPayable, payment.RestaurantId, payment.AmountXaf),
            (Accounts.OrderEscrow, payment.OrderId, -payment.AmountXaf));

    /// <summary>A late cancellation costs its customer a part of the order, which goes where the order's own money would have gone.</summary>
    public static LedgerEntry CancellationFee(Payment payment, long feeXaf, decimal commissionPercent, DateTimeOffset now)
    {
        var restaurantXaf = PartOf(feeXaf, commissionPercent);
        return LedgerEntry.Book(EntryKind.CancellationFee, payment.Id, payment.Id, now,
            (Accounts.OrderEscrow, payment.OrderId, feeXaf),
            (Accounts.RestaurantPayable, payment.RestaurantId, -restaurantXaf),
            (Accounts.Commission, null, restaurantXaf - feeXaf));
    }

    /// <summary>A refund after the money was shared out is paid by the platform, or by the restaurant whose mistake it was.</summary>
    public static LedgerEntry RefundFunded(Payment payment, RefundWish wish, bool byRestaurant, DateTimeOffset now) =>
        LedgerEntry.Book(EntryKind.RefundFunding, wish.Id, payment.Id, now,
            byRestaurant
                ? (Accounts.RestaurantPayable, payment.RestaurantId, wish.AmountXaf)
                : (Accounts.Corrections, (Guid?)null, wish.AmountXaf),
            (Accounts.OrderEscrow, payment.OrderId, -wish.AmountXaf));

    /// <summary>What a card's bank takes back is the platform's loss, whoever has got the order's money by then.</summary>
    public static LedgerEntry ChargedBack(Payment payment, Guid disputeId, long amountXaf, DateTimeOffset now) =>
        LedgerEntry.Book(EntryKind.Chargeback, disputeId, payment.Id, now,
            (Accounts.Corrections, null, amountXaf),
            (Accounts.StripeClearing, null, -amountXaf));

    public static LedgerEntry ChargebackReturned(Payment payment, Guid disputeId, long amountXaf, DateTimeOffset now) =>
        LedgerEntry.Book(EntryKind.ChargebackReturned, disputeId, payment.Id, now,
            (Accounts.StripeClearing, null, amountXaf),
            (Accounts.Corrections, null, -amountXaf));

    /// <summary>
    /// Splits a delivered order. Its discount is the platform's expense, and so is what was promised back beforehand;
    /// what nobody else gets is our commission.
    /// </summary>
    public static LedgerEntry Settled(Payment payment, PriceParts parts, Guid? driverId, decimal commissionPercent, DateTimeOffset now)
    {
        var restaurantXaf = PartOf(parts.FoodOf(payment.AmountXaf), commissionPercent);
        var driverXaf = driverId is null ? 0 : parts.DeliveryFeeXaf + parts.TipXaf;
        var promisedXaf = payment.PromisedBackXaf;
        var (inXaf, expenseXaf) = (payment.AmountXaf - promisedXaf, parts.DiscountXaf + promisedXaf);
        return LedgerEntry.Book(EntryKind.Settlement, payment.Id, payment.Id, now,
            (Accounts.OrderEscrow, payment.OrderId, inXaf),
            (Accounts.Promotions, null, parts.DiscountXaf),
            (Accounts.Corrections, null, promisedXaf),
            (Accounts.RestaurantPayable, payment.RestaurantId, -restaurantXaf),
            (Accounts.DriverEarning, driverId, -driverXaf),
            (Accounts.Fees, null, -parts.ServiceFeeXaf),
            (Accounts.Taxes, null, -parts.TaxXaf),
            (Accounts.Commission, null, restaurantXaf + driverXaf + parts.ServiceFeeXaf + parts.TaxXaf - inXaf - expenseXaf));
    }

    private static long PartOf(long foodXaf, decimal commissionPercent) => (long)Math.Floor(foodXaf * (100 - commissionPercent) / 100);
}
