using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

public sealed record StatementQuery(
    [property: FromQuery(Name = "from")] DateOnly? From = null,
    [property: FromQuery(Name = "to")] DateOnly? To = null,
    [property: FromQuery(Name = "format"), AllowedValues(null, "json", "csv", "pdf")] string? Format = null);

public sealed record StatementLineView(
    Guid EntryId, DateTimeOffset BookedAt, string Kind, string Account, Guid? PaymentId, long Amount, long Balance);

public sealed record GetStatementResponse(
    DateOnly From, DateOnly To, long OpeningBalance, long ClosingBalance, string Currency, IReadOnlyList<StatementLineView> Lines);

/// <summary>All that the ledger moved for an owner on some days of Douala, with the balance after each line: as JSON, CSV or PDF.</summary>
internal static class GetStatement
{
    private const int MostLines = 10_000;
    private static readonly TimeSpan Douala = TimeSpan.FromHours(1);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/wallet/statement", HandleCustomer).RequireAuthorization(Policies.Customer)
            .WithTags("Wallet").WithName(nameof(GetStatement)).WithSummary("My wallet's statement")
            .Produces<Envelope<GetStatementResponse>>().ProducesValidationProblem();
        app.MapGet("/api/v1/drivers/me/wallet/statement", HandleDriver).RequireAuthorization(Policies.Driver)
            .WithTags("Wallet").WithName("GetDriverStatement").WithSummary("My earnings' statement")
            .Produces<Envelope<GetStatementResponse>>().ProducesValidationProblem();
        app.MapGet("/api/v1/restaurant/wallet/statement", HandleRestaurant).RequireAuthorization(Policies.Restaurant)
            .WithTags("Wallet").WithName("GetRestaurantStatement").WithSummary("My restaurants' statement")
            .Produces<Envelope<GetStatementResponse>>().ProducesValidationProblem();
    }

    internal static Task<IResult> HandleCustomer(
        [AsParameters] StatementQuery query, CurrentUser user, PaymentsDbContext db, TimeProvider clock, CancellationToken ct) =>
        AnswerAsync(query, db.LedgerEntries.SelectMany(entry => entry.Lines)
            .Where(line => line.OwnerId == user.Id && line.Account == Accounts.Wallet), db, clock, ct);

    internal static Task<IResult> HandleDriver(
        [AsParameters] StatementQuery query, CurrentUser user, PaymentsDbContext db, TimeProvider clock, CancellationToken ct)
    {
        string[] accounts = [Accounts.DriverEarning, Accounts.CashFloat, Accounts.CashShortage];
        return AnswerAsync(query, db.LedgerEntries.SelectMany(entry => entry.Lines)
            .Where(line => line.OwnerId == user.Id && accounts.Contains(line.Account)), db, clock, ct);
    }

    internal static Task<IResult> HandleRestaurant(
        [AsParameters] StatementQuery query, CurrentUser user, PaymentsDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var mine = db.Payments.Where(payment => payment.RestaurantOwnerId == user.Id)
            .Select(payment => (Guid?)payment.RestaurantId).Distinct();
        return AnswerAsync(query, db.LedgerEntries.SelectMany(entry => entry.Lines)
            .Where(line => line.Account == Accounts.RestaurantPayable && mine.Contains(line.OwnerId)), db, clock, ct);
    }

    private static async Task<IResult> AnswerAsync(
        StatementQuery query, IQueryable<LedgerLine> own, PaymentsDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(Douala).DateTime);
        var to = query.To ?? today;
        var from = query.From ?? to.AddDays(to.DayNumber >= 30 ? -30 : 0);
        if (from > to)
            throw new BadHttpRequestException("A statement begins before it ends: from comes before to.");
        // Uses ix_ledger_lines_account_owner_id, then the entries' key.
        var lines = from line in own join entry in db.LedgerEntries on line.EntryId equals entry.Id select new { line, entry };
        var (start, end) = (StartOf(from), to == DateOnly.MaxValue ? DateTimeOffset.MaxValue : StartOf(to.AddDays(1)));
        var opening = -await lines.Where(row => row.entry.BookedAt < start).SumAsync(row => row.line.AmountXaf, ct);
        var within = lines.Where(row => row.entry.BookedAt >= start && row.entry.BookedAt < end);
        var found = await within
            .OrderBy(row => row.entry.BookedAt).ThenBy(row => row.entry.Id).ThenBy(row => row.line.Number).Take(MostLines).ToListAsync(ct);
        var balance = opening;
        var views = found.ConvertAll(row => new StatementLineView(
            row.entry.Id, row.entry.BookedAt, row.entry.Kind, row.line.Account, row.entry.PaymentId, -row.line.AmountXaf,
            balance -= row.line.AmountXaf));
        // Lines beyond the last one that is listed count all the same.
        var closing = found.Count < MostLines ? balance : opening - await within.SumAsync(row => row.line.AmountXaf, ct);
        var statement = new GetStatementResponse(from, to, opening, closing, "XAF", views);
        var name = $"eatfast-{from:yyyyMMdd}-{to:yyyyMMdd}";
        return query.Format switch
        {
            "csv" => TypedResults.File(Encoding.UTF8.GetBytes(CsvOf(statement)), "text/csv; charset=utf-8", $"{name}.csv"),
            "pdf" => TypedResults.File(PdfPages.Of(TextOf(statement)), "application/pdf", $"{name}.pdf"),
            _ => Answer.Ok(statement)
        };
    }

    // Before there was a ledger one day is as good as another.
    private static DateTimeOffset StartOf(DateOnly day) =>
        day.Year < 2000 ? DateTimeOffset.MinValue : new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) - Douala;

    private static string CsvOf(GetStatementResponse statement) => string.Concat(
        statement.Lines.Select(line => string.Create(
            CultureInfo.InvariantCulture,
            $"{line.BookedAt.UtcDateTime:O},{line.EntryId},{line.Kind},{line.Account},{line.PaymentId},{line.Amount},{line.Balance}\r\n"))
            .Prepend("booked_at,entry_id,kind,account,payment_id,amount_xaf,balance_xaf\r\n"));

    private static List<string> TextOf(GetStatementResponse statement) =>
    [
        $"EatFast - relevé du {statement.From:dd/MM/yyyy} au {statement.To:dd/MM/yyyy}",
        "",
        $"{"Solde initial",-66}{statement.OpeningBalance,14} XAF",
        .. statement.Lines.Select(line =>
            $"{line.BookedAt.ToOffset(Douala):dd/MM/yyyy HH:mm}  {line.Kind,-20}{line.Account,-20}{line.Amount,8}{line.Balance,14} XAF"),
        $"{"Solde final",-66}{statement.ClosingBalance,14} XAF"
    ];
}
