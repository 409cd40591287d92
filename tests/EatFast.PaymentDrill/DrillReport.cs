using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.PaymentDrill;

/// <summary>What the drill came to by three books: the simulator's statement, our ledger, and what the orders were told.</summary>
internal sealed record DrillReport(
    int Seed, int Payments, int DoubleCharges, int PaidLost, long LedgerSumXaf, Books Sums, int BooksDiffer, int OrdersUnequal, int Undecided,
    int Strayed, string Table, string Hash)
{
    public bool IsClean => (DoubleCharges, PaidLost, BooksDiffer, OrdersUnequal, Undecided, Strayed) == (0, 0, 0, 0, 0, 0)
        && LedgerSumXaf == 0 && Sums.Agree;

    public static async Task<DrillReport> OfAsync(PaymentsSystem system, DrillRun drill, int seed, List<Case> cases)
    {
        var payments = await drill.PaymentsOfAsync(cases);
        var byOrder = cases.ToDictionary(known => known.Order.OrderId);
        var moved = await StatementAsync(system, cases);
        var (sumXaf, ledger) = await LedgerAsync(system, payments.ConvertAll(payment => payment.Id));
        var told = await Told.ReadAsync(system, byOrder);
        var books = payments.ConvertAll(payment => new Books(
            ledger.GetValueOrDefault(payment.Id), moved.GetValueOrDefault(byOrder[payment.OrderId].Phone).NetXaf, told.NetXaf(payment.OrderId)));
        return new DrillReport(
            seed,
            payments.Count,
            moved.Count(entry => entry.Value.Collects > 1),
            payments.Count(payment => byOrder[payment.OrderId].Fate is { MovesMoney: true, Payer: not Fate.SendsOther }
                && payment.Status is not (PaymentStatus.Completed or PaymentStatus.Refunded)),
            sumXaf,
            books.Aggregate(new Books(0, 0, 0), (sum, one) => sum.Plus(one)),
            books.Count(one => !one.Agree),
            payments.Count(payment => !told.IsRight(payment, byOrder[payment.OrderId].Fate)),
            payments.Count(payment => payment.OpenCollect is not null || payment.Attempts.Any(row => !row.IsCollect && !row.IsFinal)),
            cases.Count - payments.Count(payment => payment.Status == byOrder[payment.OrderId].Fate.Expected),
            TableOf(payments, byOrder),
            HashOf(payments, byOrder));
    }

    public override string ToString() => $"""
        seed {Seed}, {Payments} payments, outcome {Hash}

        {Table}

        double charges                               {DoubleCharges}
        paid orders lost                             {PaidLost}
        sum of all ledger lines                      {LedgerSumXaf} XAF
        ledger, provider's statement, orders         {Sums.LedgerXaf}, {Sums.StatementXaf}, {Sums.OrdersXaf} XAF
        payments whose three books differ            {BooksDiffer}
        orders told too much, too little or twice    {OrdersUnequal}
        undecided after two polling cycles           {Undecided}
        ended otherwise than their payers meant      {Strayed}
        {(IsClean ? "Nothing went wrong." : "SOMETHING WENT WRONG.")}
        """;

    private static async Task<Dictionary<string, (int Collects, long NetXaf)>> StatementAsync(PaymentsSystem system, List<Case> cases)
    {
        var phones = cases.Select(known => known.Phone).ToHashSet();
        using var client = system.CamPay.CreateClient();
        var statement = await client.GetFromJsonAsync<JsonElement>("/control/campay/statement");
        return statement.GetProperty("transactions").EnumerateArray()
            .Where(row => row.GetProperty("status").GetString() == "SUCCESSFUL" && phones.Contains(row.GetProperty("phone").GetString()!))
            .GroupBy(row => row.GetProperty("phone").GetString()!)
            .ToDictionary(rows => rows.Key, rows => (rows.Count(IsCollect), rows.Sum(AmountOf)));

        static long AmountOf(JsonElement row) => (IsCollect(row) ? 1 : -1) * row.GetProperty("amountXaf").GetInt64();

        static bool IsCollect(JsonElement row) => row.GetProperty("endpoint").GetString() == "collect";
    }

    private static async Task<(long SumXaf, Dictionary<Guid, long> AtProviders)> LedgerAsync(PaymentsSystem system, List<Guid> payments)
    {
        string[] clearing = [Accounts.ProviderClearing, Accounts.NouPayClearing];
        var lines = await system.Payments.WithDbAsync(db => (
            from entry in db.LedgerEntries
            where payments.Contains(entry.PaymentId!.Value)
            from line in entry.Lines
            select new { PaymentId = entry.PaymentId!.Value, line.Account, line.AmountXaf }).ToListAsync());
        var atProviders = lines.Where(line => clearing.Contains(line.Account)).GroupBy(line => line.PaymentId)
            .ToDictionary(rows => rows.Key, rows => rows.Sum(row => row.AmountXaf));
        return (lines.Sum(line => line.AmountXaf), atProviders);
    }

    private static string TableOf(List<Payment> payments, Dictionary<Guid, Case> byOrder)
    {
        var rows = payments.GroupBy(payment => NameOf(byOrder[payment.OrderId].Fate)).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key,-52}{group.Count(),7}  {EndsOf(group)}");
        return string.Join(Environment.NewLine, rows);
    }

    private static string NameOf(Fate fate)
    {
        var answer = fate.IsUnheard ? ", call lost" : fate.AnswerFault == "lost_answer" ? ", answer lost" : "";
        return $"payer {fate.Payer}{answer}{(fate.IsCancelled ? ", order cancelled" : "")}";
    }

    private static string EndsOf(IEnumerable<Payment> payments) => string.Join(", ", payments.GroupBy(row => row.Status)
        .OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => $"{row.Key} {row.Count()}"));

    private static string HashOf(List<Payment> payments, Dictionary<Guid, Case> byOrder)
    {
        var lines = payments.OrderBy(payment => byOrder[payment.OrderId].Fate.Number)
            .Select(payment => $"{byOrder[payment.OrderId].Fate.Number} {payment.AmountXaf} {payment.Status} {payment.RefundedXaf}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))))[..16];
    }
}

/// <summary>What each of the three books says was kept.</summary>
internal readonly record struct Books(long LedgerXaf, long StatementXaf, long OrdersXaf)
{
    public bool Agree => LedgerXaf == StatementXaf && StatementXaf == OrdersXaf;

    public Books Plus(Books other) => new(LedgerXaf + other.LedgerXaf, StatementXaf + other.StatementXaf, OrdersXaf + other.OrdersXaf);
}
