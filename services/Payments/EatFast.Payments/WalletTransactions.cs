using EatFast.Payments.Data;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments;

/// <summary>A line of a wallet's history as the database joins it.</summary>
internal sealed record WalletRow(Guid Id, string Type, string Status, long AmountXaf, Guid? OrderId, string? Note, DateTimeOffset At);

/// <summary>A movement of a wallet in the clients' words; what comes in is positive.</summary>
public sealed record WalletTransaction(
    Guid Id, string Type, string Status, long Amount, Guid? OrderId, string? Description, DateTimeOffset CreatedAt)
{
    public string Currency => "XAF";

    internal static WalletTransaction Of(WalletRow row) =>
        new(row.Id, row.Type, row.Status, row.AmountXaf, row.OrderId, row.Note, row.At);
}

internal static class WalletTransactions
{
    /// <summary>
    /// Top-ups in every state, and all that the ledger moved otherwise; uses ix_payments_customer_id_created_at and
    /// ix_ledger_lines_account_owner_id. A withdrawal is pending until the provider says that it arrived.
    /// </summary>
    public static IQueryable<WalletRow> TransactionsOf(this PaymentsDbContext db, Guid ownerId) => db.Database.SqlQuery<WalletRow>($"""
        SELECT payment.id, 'topup' AS type, payment.amount_xaf, NULL::uuid AS order_id, payment.reason AS note, payment.created_at AS at,
            CASE payment.status WHEN 'completed' THEN 'completed' WHEN 'failed' THEN 'failed'
                WHEN 'expired' THEN 'failed' WHEN 'cancelled' THEN 'cancelled' ELSE 'pending' END AS status
        FROM payments.payments AS payment WHERE payment.customer_id = {ownerId} AND payment.purpose = 'topup'
        UNION ALL
        SELECT entry.id,
            CASE entry.kind WHEN 'wallet_payment' THEN 'payment' WHEN 'wallet_refund' THEN 'refund' WHEN 'loyalty_reward' THEN 'bonus'
                WHEN 'payout' THEN 'withdrawal' WHEN 'payout_returned' THEN 'refund' ELSE 'transfer' END AS type,
            -line.amount_xaf AS amount_xaf, payment.order_id, entry.note, entry.booked_at AS at,
            CASE payout.status WHEN 'awaiting_approval' THEN 'pending' WHEN 'approved' THEN 'pending'
                WHEN 'failed' THEN 'failed' WHEN 'rejected' THEN 'cancelled' ELSE 'completed' END AS status
        FROM payments.ledger_lines AS line
        JOIN payments.ledger_entries AS entry ON entry.id = line.entry_id
        LEFT JOIN payments.payouts AS payout ON payout.id = entry.source_id AND entry.kind = 'payout'
        LEFT JOIN payments.payments AS payment ON payment.id = entry.payment_id AND payment.purpose = 'order'
        WHERE line.account = 'wallet' AND line.owner_id = {ownerId} AND entry.kind <> 'capture'
        """);
}
