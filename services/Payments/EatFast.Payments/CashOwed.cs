using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments;

/// <summary>What a driver owes us in cash: what is held, and what was missing when it was counted.</summary>
internal static class CashOwed
{
    /// <summary>As below, after everybody else who counts or declares this driver's cash; needs a transaction. Uses pk_wallets.</summary>
    public static async Task<(long HeldXaf, long ShortXaf)> LockCashOwedAsync(this PaymentsDbContext db, Guid driverId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"""
            SELECT 1 FROM payments.wallets WHERE account IN ({Accounts.CashFloat}, {Accounts.CashShortage}) AND owner_id = {driverId}
            ORDER BY account FOR UPDATE
            """, ct);
        return await db.CashOwedAsync(driverId, ct);
    }

    public static async Task<(long HeldXaf, long ShortXaf)> CashOwedAsync(this PaymentsDbContext db, Guid driverId, CancellationToken ct)
    {
        var known = await db.Wallets.Where(wallet => wallet.OwnerId == driverId).ToDictionaryAsync(wallet => wallet.Account, ct);
        return (OwedOn(Accounts.CashFloat), OwedOn(Accounts.CashShortage));

        long OwedOn(string account) => -(known.GetValueOrDefault(account)?.BalanceXaf ?? 0);
    }
}
