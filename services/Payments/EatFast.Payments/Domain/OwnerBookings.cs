namespace EatFast.Payments.Domain;

/// <summary>The movements of what the ledger owes to owners, or they to it, as entries of the ledger.</summary>
public static class OwnerBookings
{
    /// <summary>From now on nobody can spend it a second time.</summary>
    public static LedgerEntry Reserved(Payout payout, DateTimeOffset now) =>
        LedgerEntry.Book(EntryKind.Payout, payout.Id, null, now, payout.Description,
        [
            (payout.Account, payout.OwnerId, payout.TakenXaf),
            (Accounts.PayoutsPending, null, -payout.AmountXaf),
            (Accounts.Fees, null, -payout.FeeXaf)
        ]);

    public static LedgerEntry Sent(Payment payment, Attempt attempt, DateTimeOffset now) =>
        LedgerEntry.Book(EntryKind.PayoutSent, attempt.Id, payment.Id, now,
            (Accounts.PayoutsPending, null, attempt.AmountXaf),
            (Accounts.ClearingOf(attempt.Provider), null, -attempt.AmountXaf));

    public static LedgerEntry Returned(Payout payout, DateTimeOffset now) =>
        LedgerEntry.Book(EntryKind.PayoutReturned, payout.Id, null, now, payout.Reason,
        [
            (Accounts.PayoutsPending, null, payout.AmountXaf),
            (Accounts.Fees, null, payout.FeeXaf),
            (payout.Account, payout.OwnerId, -payout.TakenXaf)
        ]);

    /// <summary>The driver no longer holds what was declared; what was short is owed on an account of its own.</summary>
    public static LedgerEntry HandedOver(CashHandOver handOver, DateTimeOffset now) =>
        LedgerEntry.Book(EntryKind.CashHandedOver, handOver.Id, null, now, handOver.Note,
        [
            (Accounts.CashDesk, null, handOver.CountedXaf!.Value),
            (Accounts.CashShortage, handOver.DriverId, handOver.ShortXaf),
            (Accounts.CashFloat, handOver.DriverId, -handOver.DeclaredXaf)
        ]);

    public static LedgerEntry Rewarded(Guid customerId, Guid redemptionId, LoyaltyReward reward, DateTimeOffset now) =>
        LedgerEntry.Book(EntryKind.LoyaltyReward, redemptionId, null, now, reward.Id,
        [
            (Accounts.Promotions, null, reward.ValueXaf),
            (Accounts.Wallet, customerId, -reward.ValueXaf)
        ]);
}
