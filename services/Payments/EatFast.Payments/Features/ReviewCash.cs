using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

public sealed record CashFloatView(Guid DriverId, long Held, bool IsAboveCeiling, DateTimeOffset UpdatedAt);

public sealed record OpenHandOverView(Guid HandOverId, Guid DriverId, long Declared, DateTimeOffset DeclaredAt);

public sealed record ReviewCashResponse(
    long Ceiling, IReadOnlyList<CashFloatView> Floats, IReadOnlyList<OpenHandOverView> OpenHandOvers, Pagination Pagination);

/// <summary>Who holds how much of our cash, the largest float first, and the hand-overs that nobody has counted yet.</summary>
internal static class ReviewCash
{
    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapGet("/cash", Handle)
        .WithName(nameof(ReviewCash))
        .WithSummary("Cash in drivers' hands");

    internal static async Task<Ok<Envelope<ReviewCashResponse>>> Handle(
        [AsParameters] PageQuery page, PaymentsDbContext db, CashCeiling ceiling, CancellationToken ct)
    {
        var floats = db.Wallets.AsNoTracking().Where(wallet => wallet.Account == Accounts.CashFloat && wallet.BalanceXaf < 0);
        var total = await floats.LongCountAsync(ct);
        var found = await floats.OrderBy(wallet => wallet.BalanceXaf).ThenBy(wallet => wallet.OwnerId)
            .Skip(page.Skip).Take(page.Limit).ToListAsync(ct);
        var open = await db.CashHandOvers.AsNoTracking().Where(row => row.CountedAt == null).OrderBy(row => row.DeclaredAt)
            .Take(page.Limit).ToListAsync(ct);
        return Answer.Ok(new ReviewCashResponse(
            ceiling.Xaf,
            found.ConvertAll(row => new CashFloatView(row.OwnerId, -row.BalanceXaf, -row.BalanceXaf >= ceiling.Xaf, row.UpdatedAt)),
            open.ConvertAll(row => new OpenHandOverView(row.Id, row.DriverId, row.DeclaredXaf, row.DeclaredAt)),
            page.Of(total)));
    }
}
