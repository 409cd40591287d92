using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

public sealed record GetWalletResponse(
    Guid Id, Guid UserId, long Balance, string Currency, bool IsActive, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    IReadOnlyList<WalletTransaction> RecentTransactions);

/// <summary>The caller's wallet. Everybody has one from the start; it is empty until the ledger knows better.</summary>
internal static class GetWallet
{
    private const int Recent = 10;

    public static void Map(IEndpointRouteBuilder wallet) => wallet
        .MapGet("/", Handle)
        .WithName(nameof(GetWallet))
        .WithSummary("My wallet");

    internal static async Task<Ok<Envelope<GetWalletResponse>>> Handle(
        CurrentUser user, PaymentsDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var known = await db.Wallets.AsNoTracking()
            .SingleOrDefaultAsync(wallet => wallet.Account == Accounts.Wallet && wallet.OwnerId == user.Id, ct);
        var recent = await db.TransactionsOf(user.Id).OrderByDescending(row => row.At).ThenByDescending(row => row.Id)
            .Take(Recent).ToListAsync(ct);
        var first = await db.TransactionsOf(user.Id).MinAsync(row => (DateTimeOffset?)row.At, ct) ?? clock.GetUtcNow();
        return Answer.Ok(new GetWalletResponse(
            user.Id, user.Id, known?.BalanceXaf ?? 0, "XAF", true, first, known?.UpdatedAt ?? first,
            recent.ConvertAll(WalletTransaction.Of)));
    }
}
