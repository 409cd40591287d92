using System.Net.Http.Json;
using System.Text.Json;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.PaymentDrill;

/// <summary>What each provider has on record of the drill's payments, beside what our ledger has on that provider's account.</summary>
internal sealed class ProviderBooks
{
    public static readonly IReadOnlyList<string> Providers = [PaymentMethods.CamPay, PaymentMethods.NouPay, PaymentMethods.Stripe];

    private readonly Dictionary<(string Provider, Guid OrderId), (int Charges, long NetXaf)> _moved;
    private readonly Dictionary<(string Account, Guid PaymentId), long> _booked;

    private ProviderBooks(IEnumerable<Movement> movements, Dictionary<(string, Guid), long> booked, long ledgerSumXaf)
    {
        _moved = movements.GroupBy(row => (row.Provider, row.OrderId))
            .ToDictionary(rows => rows.Key, rows => (rows.Count(row => row.AmountXaf > 0), rows.Sum(row => row.AmountXaf)));
        (_booked, LedgerSumXaf) = (booked, ledgerSumXaf);
    }

    public long LedgerSumXaf { get; }

    public int ChargesOf(Guid orderId) => Providers.Sum(provider => _moved.GetValueOrDefault((provider, orderId)).Charges);

    public long StatementXaf(string provider, Payment payment) => _moved.GetValueOrDefault((provider, payment.OrderId)).NetXaf;

    public long LedgerXaf(string provider, Payment payment) => _booked.GetValueOrDefault((Accounts.ClearingOf(provider), payment.Id));

    public static async Task<ProviderBooks> ReadAsync(PaymentsSystem system, List<Case> cases, List<Guid> payments)
    {
        var byName = cases.ToDictionary(Payers.NameAtProvider, known => known.Order.OrderId);
        using var client = system.CamPay.CreateClient();
        var movements = new List<Movement>();
        foreach (var (provider, list, read) in Statements)
        {
            var statement = await client.GetFromJsonAsync<JsonElement>($"/control/{provider}/statement");
            foreach (var row in statement.GetProperty(list).EnumerateArray())
                if (read(row) is var (name, amountXaf) && amountXaf != 0 && byName.TryGetValue(name, out var orderId))
                    movements.Add(new Movement(provider, orderId, amountXaf));
        }
        var lines = await system.Payments.WithDbAsync(db => (
            from entry in db.LedgerEntries
            where payments.Contains(entry.PaymentId!.Value)
            from line in entry.Lines
            select new { PaymentId = entry.PaymentId!.Value, line.Account, line.AmountXaf }).ToListAsync());
        var booked = lines.GroupBy(line => (line.Account, line.PaymentId))
            .ToDictionary(rows => rows.Key, rows => rows.Sum(row => row.AmountXaf));
        return new ProviderBooks(movements, booked, lines.Sum(line => line.AmountXaf));
    }

    // Each provider's own words; what has not succeeded moved nothing.
    private static readonly IReadOnlyList<(string Provider, string List, Func<JsonElement, (string Name, long AmountXaf)> Read)> Statements =
    [
        (PaymentMethods.CamPay, "transactions", row => (Text(row, "phone"), Text(row, "status") != "SUCCESSFUL" ? 0
            : Text(row, "endpoint") == "collect" ? Xaf(row, "amountXaf") : -Xaf(row, "amountXaf"))),
        (PaymentMethods.NouPay, "transactions", row => (Text(row, "phone"), Text(row, "status") == "successful" ? Xaf(row, "paidXaf") : 0)),
        (PaymentMethods.Stripe, "intents", row => (Text(row, "order"), Xaf(row, "received"))),
        (PaymentMethods.Stripe, "refunds", row => (Text(row, "order"), Text(row, "status") == "succeeded" ? -Xaf(row, "amount") : 0))
    ];

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static long Xaf(JsonElement row, string name) => row.GetProperty(name).GetInt64();

    private sealed record Movement(string Provider, Guid OrderId, long AmountXaf);
}
