using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

public sealed record GetEarningsResponse(Guid Id, long Balance, long CashHeld, string Currency);

/// <summary>What a restaurant's owner or a driver has earned and not been paid out; a driver also sees the cash still to hand over.</summary>
internal static class GetEarnings
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/restaurant/wallet", HandleRestaurant).RequireAuthorization(Policies.Restaurant)
            .WithTags("Wallet").WithName("GetRestaurantWallet").WithSummary("What my restaurants have earned");
        app.MapGet("/api/v1/drivers/me/wallet", HandleDriver).RequireAuthorization(Policies.Driver)
            .WithTags("Wallet").WithName("GetDriverWallet").WithSummary("What I have earned by driving");
    }

    internal static async Task<Ok<Envelope<GetEarningsResponse>>> HandleRestaurant(CurrentUser user, PaymentsDbContext db, CancellationToken ct)
    {
        // Uses ix_payments_restaurant_owner_id.
        var mine = db.Payments.Where(payment => payment.RestaurantOwnerId == user.Id).Select(payment => payment.RestaurantId).Distinct();
        var balanceXaf = await db.Wallets
            .Where(wallet => wallet.Account == Accounts.RestaurantPayable && mine.Contains(wallet.OwnerId))
            .SumAsync(wallet => wallet.BalanceXaf, ct);
        return Answer.Ok(new GetEarningsResponse(user.Id, balanceXaf, 0, "XAF"));
    }

    internal static async Task<Ok<Envelope<GetEarningsResponse>>> HandleDriver(CurrentUser user, PaymentsDbContext db, CancellationToken ct)
    {
        var known = await db.Wallets.Where(wallet => wallet.OwnerId == user.Id).ToDictionaryAsync(wallet => wallet.Account, ct);
        return Answer.Ok(new GetEarningsResponse(
            user.Id,
            known.GetValueOrDefault(Accounts.DriverEarning)?.BalanceXaf ?? 0,
            -(known.GetValueOrDefault(Accounts.CashFloat)?.BalanceXaf ?? 0),
            "XAF"));
    }
}
