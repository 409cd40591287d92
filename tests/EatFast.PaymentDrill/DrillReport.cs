using System.Security.Cryptography;
using System.Text;
using EatFast.Payments.Domain;

namespace EatFast.PaymentDrill;

/// <summary>What the drill came to by its books: the providers' statements, our ledger, and what the orders were told.</summary>
internal sealed record DrillReport(
    int Seed, int Payments, int DoubleCharges, int PaidLost, long LedgerSumXaf, IReadOnlyList<ProviderSums> Providers, int BooksDiffer,
    int OrdersUnequal, int Undecided, int Strayed, string Table, string Hash)
{
    public bool IsClean => (DoubleCharges, PaidLost, BooksDiffer, OrdersUnequal, Undecided, Strayed) == (0, 0, 0, 0, 0, 0)
        && LedgerSumXaf == 0 && Providers.All(sums => sums.Agree);

    public static async Task<DrillReport> OfAsync(PaymentsSystem system, DrillRun drill, int seed, List<Case> cases)
    {
        var payments = await drill.PaymentsOfAsync(cases);
        var byOrder = cases.ToDictionary(known => known.Order.OrderId);
        var books = await ProviderBooks.ReadAsync(system, cases, payments.ConvertAll(payment => payment.Id));
        var told = await Told.ReadAsync(system, byOrder);
        return new DrillReport(
            seed,
            payments.Count,
            cases.Count(known => books.ChargesOf(known.Order.OrderId) > 1),
            payments.Count(payment => IsLost(payment, byOrder[payment.OrderId].Fate)),
            books.LedgerSumXaf,
            [.. ProviderBooks.Providers.Select(provider => ProviderSums.Of(provider, payments, byOrder, books, told))],
            payments.Count(payment => Differs(payment, byOrder[payment.OrderId].Fate, books, told)),
            payments.Count(payment => !told.IsRight(payment, byOrder[payment.OrderId].Fate)),
            payments.Count(payment => payment.OpenCollect is not null || payment.Attempts.Any(row => !row.IsCollect && !row.IsFinal)),
            cases.Count - payments.Count(payment => payment.Status == byOrder[payment.OrderId].Fate.Expected),
            string.Join(Environment.NewLine, ProviderBooks.Providers.Select(provider => TableOf(provider, payments, byOrder))),
            HashOf(payments, byOrder));
    }

    public override string ToString() => $"""
        seed {Seed}, {Payments} payments, outcome {Hash}

        {Table}
        kept, in XAF             ledger     statement        orders  left to a person
        {string.Join(Environment.NewLine, Providers)}

        double charges                               {DoubleCharges}
        paid orders lost                             {PaidLost}
        sum of all ledger lines                      {LedgerSumXaf} XAF
        payments whose books differ                  {BooksDiffer}
        orders told too much, too little or twice    {OrdersUnequal}
        undecided after two polling cycles           {Undecided}
        ended otherwise than their payers meant      {Strayed}
        {(IsClean ? "Nothing went wrong." : "SOMETHING WENT WRONG.")}
        """;

    // What no provider tells is not lost as long as reconciliation goes on naming it: its attempt must not have ended.
    private static bool IsLost(Payment payment, Fate fate) => fate is { MovesMoney: true, Payer: not Fate.SendsOther }
        && payment.Status is not (PaymentStatus.Completed or PaymentStatus.Refunded)
        && !(fate.IsUntold && payment.Attempts.Any(row => row is { IsCollect: true, IsFinal: false }));

    private static bool Differs(Payment payment, Fate fate, ProviderBooks books, Told told) =>
        ProviderBooks.Providers.Any(provider =>
            books.LedgerXaf(provider, payment) != (fate.IsUntold ? 0 : books.StatementXaf(provider, payment)))
        || ProviderBooks.Providers.Sum(provider => books.LedgerXaf(provider, payment)) != told.NetXaf(payment.OrderId);

    private static string TableOf(string provider, List<Payment> payments, Dictionary<Guid, Case> byOrder)
    {
        var own = payments.FindAll(payment => byOrder[payment.OrderId].Fate.Provider == provider);
        var rows = own.GroupBy(payment => NameOf(byOrder[payment.OrderId].Fate)).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"  {group.Key,-50}{group.Count(),7}  {EndsOf(group)}{Environment.NewLine}");
        return $"{provider}, {own.Count} payments{Environment.NewLine}{string.Concat(rows)}";
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
        var lines = payments.OrderBy(payment => byOrder[payment.OrderId].Fate.Number).Select(payment =>
            $"{byOrder[payment.OrderId].Fate.Number} {payment.Method} {payment.AmountXaf} {payment.Status} {payment.RefundedXaf}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))))[..16];
    }
}

/// <summary>
/// What was kept of a provider's payments. NouPay pays nothing back, CamPay does it for both, so its own statement ends lower and
/// NouPay's higher than its orders.
/// </summary>
internal sealed record ProviderSums(string Provider, long LedgerXaf, long StatementXaf, long OrdersXaf, long LeftXaf)
{
    public bool Agree => LedgerXaf == StatementXaf - LeftXaf;

    public static ProviderSums Of(
        string provider, List<Payment> payments, Dictionary<Guid, Case> byOrder, ProviderBooks books, Told told) => new(
        provider,
        payments.Sum(payment => books.LedgerXaf(provider, payment)),
        payments.Sum(payment => books.StatementXaf(provider, payment)),
        payments.Where(payment => byOrder[payment.OrderId].Fate.Provider == provider).Sum(payment => told.NetXaf(payment.OrderId)),
        payments.Where(payment => byOrder[payment.OrderId].Fate.IsUntold).Sum(payment => books.StatementXaf(provider, payment)));

    public override string ToString() => $"{Provider,-17}{LedgerXaf,14}{StatementXaf,14}{OrdersXaf,14}{LeftXaf,18}";
}
