using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

public sealed record ListEarningsTransactionsResponse(IReadOnlyList<WalletTransaction> Transactions, Pagination Pagination);

/// <summary>What the ledger moved on an owner's earnings, newest first, in the words of a wallet's transactions.</summary>
internal static class ListEarningsTransactions
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/restaurant/wallet/transactions", HandleRestaurant).RequireAuthorization(Policies.Restaurant)
            .WithTags("Wallet").WithName("ListRestaurantTransactions").WithSummary("My restaurants' transactions").ProducesValidationProblem();
        app.MapGet("/api/v1/drivers/me/wallet/transactions", HandleDriver).RequireAuthorization(Policies.Driver)
            .WithTags("Wallet").WithName("ListDriverTransactions").WithSummary("My earnings' transactions").ProducesValidationProblem();
    }

    internal static Task<Ok<Envelope<ListEarningsTransactionsResponse>>> HandleRestaurant(
        [AsParameters] PageQuery page, CurrentUser user, PaymentsDbContext db, CancellationToken ct)
    {
        // Uses ix_payments_restaurant_owner_id.
        var mine = db.Payments.Where(payment => payment.RestaurantOwnerId == user.Id).Select(payment => (Guid?)payment.RestaurantId).Distinct();
        return ListAsync(
            page, db, db.LedgerEntries.SelectMany(entry => entry.Lines)
                .Where(line => line.Account == Accounts.RestaurantPayable && mine.Contains(line.OwnerId)), ct);
    }

    internal static Task<Ok<Envelope<ListEarningsTransactionsResponse>>> HandleDriver(
        [AsParameters] PageQuery page, CurrentUser user, PaymentsDbContext db, CancellationToken ct) => ListAsync(
            page, db, db.LedgerEntries.SelectMany(entry => entry.Lines)
                .Where(line => line.Account == Accounts.DriverEarning && line.OwnerId == user.Id), ct);

    private static async Task<Ok<Envelope<ListEarningsTransactionsResponse>>> ListAsync(
        PageQuery page, PaymentsDbContext db, IQueryable<LedgerLine> own, CancellationToken ct)
    {
        // Uses ix_ledger_lines_account_owner_id, then the entries' and payments' keys.
        var rows = from line in own
                   join entry in db.LedgerEntries on line.EntryId equals entry.Id
                   let order = db.Payments.Where(paid => paid.Id == entry.PaymentId).Select(paid => (Guid?)paid.OrderId).FirstOrDefault()
                   let payout = db.Payouts.Where(paid => entry.Kind == EntryKind.Payout && paid.Id == entry.SourceId)
                       .Select(paid => paid.Status).FirstOrDefault()
                   select new { line, entry, order, payout };
        var total = await own.LongCountAsync(ct);
        var found = await rows.OrderByDescending(row => row.entry.BookedAt).ThenByDescending(row => row.entry.Id)
            .Skip(page.Skip).Take(page.Limit).ToListAsync(ct);
        return Answer.Ok(new ListEarningsTransactionsResponse(
            found.ConvertAll(row => new WalletTransaction(
                row.entry.Id, TypeOf(row.entry.Kind), PayoutStatus.InHistory(row.payout ?? PayoutStatus.Completed), -row.line.AmountXaf, row.order, row.entry.Note, row.entry.BookedAt)),
            page.Of(total)));
    }

    private static string TypeOf(string kind) => kind switch
    {
        EntryKind.Payout => "withdrawal",
        EntryKind.PayoutReturned or EntryKind.RefundFunding => "refund",
        _ => "payment"
    };
}
