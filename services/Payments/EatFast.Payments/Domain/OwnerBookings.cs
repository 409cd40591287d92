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

    /// <summary>
    /// The driver no longer holds what was declared, and what was short is owed on an account of its own; what was declared beyond the
    /// cash in hand pays such a debt back.
    /// </summary>
    public static LedgerEntry HandedOver(CashHandOver handOver, long heldXaf, DateTimeOffset now)
    {
        var fromFloatXaf = Math.Min(handOver.DeclaredXaf, Math.Max(0, heldXaf));
        return LedgerEntry.Book(EntryKind.CashHandedOver, handOver.Id, null, now, handOver.Note,
        [
            (Accounts.CashDesk, null, handOver.CountedXaf!.Value),
            (Accounts.CashShortage, handOver.DriverId, fromFloatXaf - handOver.CountedXaf!.Value),
            (Accounts.CashFloat, handOver.DriverId, -fromFloatXaf)
        ]);
    }

    /// <summary>What a guest got back belongs to the account that the guest has become.</summary>
    public static LedgerEntry Adopted(Guid guestId, Guid userId, long amountXaf, DateTimeOffset now) =>
        LedgerEntry.Book(EntryKind.WalletTransfer, Guid.CreateVersion7(now), null, now,
            (Accounts.Wallet, guestId, amountXaf),
            (Accounts.Wallet, userId, -amountXaf));

    public static LedgerEntry Rewarded(Guid customerId, Guid redemptionId, LoyaltyReward reward, DateTimeOffset now) =>
        LedgerEntry.Book(EntryKind.LoyaltyReward, redemptionId, null, now, reward.Id,
        [
            (Accounts.Promotions, null, reward.ValueXaf),
            (Accounts.Wallet, customerId, -reward.ValueXaf)
        ]);
}
