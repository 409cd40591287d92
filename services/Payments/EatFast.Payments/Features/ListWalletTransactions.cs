using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

public sealed record WalletTransactionsQuery(
    [property: FromQuery(Name = "type"), AllowedValues(null, "topup", "payment", "refund", "transfer", "bonus", "withdrawal")]
    string? Type = null,
    [property: FromQuery(Name = "status"), AllowedValues(null, "pending", "completed", "failed", "cancelled")] string? Status = null);

public sealed record ListWalletTransactionsResponse(IReadOnlyList<WalletTransaction> Transactions, Pagination Pagination);

/// <summary>What moved in the caller's wallet, newest first; a top-up is listed from its start, everything else once it is booked.</summary>
internal static class ListWalletTransactions
{
    public static void Map(IEndpointRouteBuilder wallet)
    {
        wallet.MapGet("/transactions", Handle).WithName(nameof(ListWalletTransactions)).WithSummary("My wallet's transactions");
        wallet.MapGet("/transactions/{transactionId:guid}", HandleOne).WithName("GetWalletTransaction").WithSummary("A transaction");
    }

    internal static async Task<Ok<Envelope<ListWalletTransactionsResponse>>> Handle(
        [AsParameters] PageQuery page, [AsParameters] WalletTransactionsQuery query, CurrentUser user, PaymentsDbContext db,
        CancellationToken ct)
    {
        var rows = db.TransactionsOf(user.Id)
            .Where(row => (query.Type == null || row.Type == query.Type) && (query.Status == null || row.Status == query.Status));
        var total = await rows.LongCountAsync(ct);
        var found = await rows.OrderByDescending(row => row.At).ThenByDescending(row => row.Id)
            .Skip(page.Skip).Take(page.Limit).ToListAsync(ct);
        return Answer.Ok(new ListWalletTransactionsResponse(found.ConvertAll(WalletTransaction.Of), page.Of(total)));
    }

    internal static async Task<Ok<Envelope<WalletTransaction>>> HandleOne(
        Guid transactionId, CurrentUser user, PaymentsDbContext db, CancellationToken ct)
    {
        var row = await db.TransactionsOf(user.Id).SingleOrDefaultAsync(found => found.Id == transactionId, ct);
        return Answer.Ok(WalletTransaction.Of(row ?? throw new RuleViolatedException("TRANSACTION_NOT_FOUND")));
    }
}
