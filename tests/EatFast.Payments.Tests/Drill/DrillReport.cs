using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EatFast.Payments.Contracts;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Tests.Drill;

/// <summary>What the drill came to by three books: the simulator's statement, our ledger, and what the orders were told.</summary>
internal sealed record DrillReport(
    int Seed, int Payments, int DoubleCharges, int PaidLost, long LedgerSumXaf, long LedgerNetXaf, long StatementNetXaf, int OrdersUnequal,
    int Undecided, string Table, string Hash)
{
    public bool IsClean => (DoubleCharges, PaidLost, OrdersUnequal, Undecided) == (0, 0, 0, 0)
        && LedgerSumXaf == 0 && LedgerNetXaf == StatementNetXaf;

    public static async Task<DrillReport> OfAsync(PaymentsSystem system, PaymentDrill drill, int seed, List<Case> cases)
    {
        var payments = new List<Payment>();
        foreach (var part in cases.Chunk(1_000))
            payments.AddRange(await drill.PaymentsOfAsync(part));
        var moved = await StatementAsync(system, cases);
        var byOrder = cases.ToDictionary(known => known.Order.OrderId);
        var paid = (await system.EventsAsync<PaymentSucceeded>(said => byOrder.ContainsKey(said.OrderId))).ConvertAll(said => said.OrderId);
        var back = (await system.EventsAsync<RefundIssued>(said => byOrder.ContainsKey(said.OrderId))).ConvertAll(said => said.OrderId);
        var (sumXaf, netXaf) = await LedgerAsync(system, payments.ConvertAll(payment => payment.Id));
        return new DrillReport(
            seed,
            payments.Count,
            moved.Count(entry => entry.Value.Collects > 1),
            payments.Count(payment => byOrder[payment.OrderId].Fate is { MovesMoney: true, Payer: not Fate.SendsOther }
                && payment.Status is not (PaymentStatus.Completed or PaymentStatus.Refunded)),
            sumXaf,
            netXaf,
            moved.Values.Sum(entry => entry.NetXaf),
            payments.Count(payment => paid.Count(id => id == payment.OrderId) != WasToldPaid(payment, byOrder[payment.OrderId].Fate)
                || back.Count(id => id == payment.OrderId) != (payment.Status == PaymentStatus.Refunded ? 1 : 0)),
            payments.Count(payment => payment.OpenCollect is not null || payment.Attempts.Any(row => !row.IsCollect && !row.IsFinal)),
            TableOf(payments, byOrder),
            HashOf(payments, byOrder));
    }

    public override string ToString() => $"""
        seed {Seed}, {Payments} payments, outcome {Hash}
        {Table}
        double charges                  {DoubleCharges}
        paid orders lost                {PaidLost}
        sum of the ledger               {LedgerSumXaf} XAF
        ledger / provider's statement   {LedgerNetXaf} / {StatementNetXaf} XAF
        orders told something else      {OrdersUnequal}
        undecided after two cycles      {Undecided}
        """;

    private static int WasToldPaid(Payment payment, Fate fate) =>
        payment.Status == PaymentStatus.Completed || (payment.Status == PaymentStatus.Refunded && fate.Cancel == "after") ? 1 : 0;

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

    private static async Task<(long SumXaf, long NetXaf)> LedgerAsync(PaymentsSystem system, List<Guid> payments)
    {
        var lines = await system.Payments.WithDbAsync(db => db.LedgerEntries.Where(entry => payments.Contains(entry.PaymentId!.Value))
            .SelectMany(entry => entry.Lines).Select(line => new { line.Account, line.AmountXaf }).ToListAsync());
        return (lines.Sum(line => line.AmountXaf), lines.Where(line => line.Account == Accounts.ProviderClearing).Sum(line => line.AmountXaf));
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
