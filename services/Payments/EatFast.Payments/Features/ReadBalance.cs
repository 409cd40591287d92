using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

/// <summary>Answers neighbours that ask what the ledger owes somebody; nothing, for whom it does not know.</summary>
internal sealed class ReadBalance(PaymentsDbContext db)
{
    public async Task<long> Handle(string ownerId, string account, CancellationToken ct)
    {
        if (!Guid.TryParse(ownerId, out var owner))
            return 0;
        var name = string.IsNullOrEmpty(account) ? Accounts.Wallet : account;
        return await db.Wallets.Where(wallet => wallet.Account == name && wallet.OwnerId == owner)
            .Select(wallet => wallet.BalanceXaf).SingleOrDefaultAsync(ct);
    }
}
