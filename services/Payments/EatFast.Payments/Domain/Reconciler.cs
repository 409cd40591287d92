namespace EatFast.Payments.Domain;

/// <summary>A movement as we hold it, beside what the ledger has of it on the provider's account (charges positive).</summary>
public sealed record HeldMovement(Attempt Attempt, long? BookedXaf);

/// <summary>An entry of the ledger on a provider's account.</summary>
public sealed record BookedEntry(Guid EntryId, Guid SourceId, Guid? PaymentId, long AmountXaf);

/// <summary>A payment that no provider has a part in, beside what the ledger has of it under its order.</summary>
public sealed record OwnPayment(Payment Payment, long? BookedXaf);

/// <summary>Two books that do not tell the same; the subject says of what, and one kind and subject is one break.</summary>
public sealed record Mismatch(string Kind, string Provider, string Subject, long ExpectedXaf, long ActualXaf, Guid? PaymentId);

public static class BreakKind
{
    /// <summary>The provider moved money that we know nothing of.</summary>
    public const string UnknownMovement = "unknown_movement";
    /// <summary>The provider moved money that we have not recognised.</summary>
    public const string Unrecognised = "unrecognised_movement";
    public const string MissingAtProvider = "missing_at_provider";
    public const string AmountDiffers = "amount_differs";
    public const string LedgerDiffers = "ledger_differs";
    public const string UnfoundedEntry = "unfounded_entry";
    public const string OrderDiffers = "order_differs";
    /// <summary>Ordering took it, and Payments never heard of it.</summary>
    public const string OrderUnknown = "order_without_payment";
    /// <summary>A day later nobody knows whether this money moved.</summary>
    public const string Undecided = "undecided_attempt";

    /// <summary>A payer wants a card charge back; open until the bank has decided.</summary>
    public const string CardDispute = "card_dispute";

    public const string OrdersBook = "orders";

    /// <summary>What the ledger alone can show, without a statement.</summary>
    public static readonly IReadOnlyList<string> OfLedger = [LedgerDiffers, UnfoundedEntry];

    public static readonly IReadOnlyList<string> OfStatement = [UnknownMovement, Unrecognised, MissingAtProvider, AmountDiffers, .. OfLedger];
}

/// <summary>Compares a provider's statement with our movements, those with the ledger, and payments with their orders.</summary>
public static class Reconciler
{
    /// <param name="provider">Whose books.</param>
    /// <param name="lines">Its statement of some days.</param>
    /// <param name="held">Our movements of these days and those that the statement names.</param>
    /// <param name="entries">The ledger's entries of these days on its account.</param>
    /// <param name="from">Movements begun before are not expected in the statement.</param>
    /// <param name="settledBefore">What ended later may be on its way from one book to the other.</param>
    public static IReadOnlyList<Mismatch> Compare(
        string provider, IReadOnlyList<StatementLine> lines, IReadOnlyList<HeldMovement> held, IReadOnlyList<BookedEntry> entries,
        DateTimeOffset from, DateTimeOffset settledBefore)
    {
        var moved = lines.Where(line => line.Status == ProviderState.Successful).DistinctBy(line => line.Reference).ToList();
        var byReference = held.Where(row => row.Attempt.ProviderReference is not null).ToDictionary(row => row.Attempt.ProviderReference!);
        var byOwn = held.ToDictionary(row => row.Attempt.ExternalReference);
        var listed = moved.Select(line => line.Reference).ToHashSet();
        var mismatches = moved.Select(line => Judge(provider, line, Find(line), settledBefore)).OfType<Mismatch>().ToList();
        foreach (var row in held.Where(row => row.Attempt.Status == AttemptStatus.Completed && row.Attempt.EndedAt < settledBefore))
            mismatches.AddRange(Judge(provider, row, row.Attempt.CreatedAt < from || listed.Contains(row.Attempt.ProviderReference!)));
        mismatches.AddRange(Unfounded(provider, held, entries));
        return mismatches;

        HeldMovement? Find(StatementLine line) => byReference.GetValueOrDefault(line.Reference)
            ?? (line.ExternalReference is { } own ? byOwn.GetValueOrDefault(own) : null);
    }

    /// <summary>For a provider that tells no statement, our movements and the ledger are all that there is to compare.</summary>
    public static IReadOnlyList<Mismatch> Compare(string provider, IReadOnlyList<HeldMovement> held, IReadOnlyList<BookedEntry> entries) =>
    [
        .. held.Where(row => row.Attempt.Status == AttemptStatus.Completed).SelectMany(row => Judge(provider, row, isListed: true)),
        .. Unfounded(provider, held, entries)
    ];

    /// <summary>Payments in cash or from a wallet are what the ledger says of their order, and nothing else is.</summary>
    public static IReadOnlyList<Mismatch> Compare(string method, IReadOnlyList<OwnPayment> own, IReadOnlyList<BookedEntry> entries)
    {
        var founded = own.Where(row => row.Payment.CompletedAt is not null && row.Payment.Method == method).ToList();
        var known = founded.Select(row => row.Payment.Id).ToHashSet();
        return
        [
            .. founded.Where(row => (row.BookedXaf ?? 0) != row.Payment.AmountXaf).Select(row => new Mismatch(
                BreakKind.LedgerDiffers, method, $"{row.Payment.Id}", row.Payment.AmountXaf, row.BookedXaf ?? 0, row.Payment.Id)),
            .. entries.Where(entry => !known.Contains(entry.SourceId)).Select(entry => Unfounded(method, entry))
        ];
    }

    /// <summary>Of an order that Ordering took and that no payment is about.</summary>
    public static Mismatch Unknown(Guid orderId, long totalXaf) =>
        new(BreakKind.OrderUnknown, BreakKind.OrdersBook, $"{orderId}", 0, totalXaf, null);

    public static Mismatch Undecided(Attempt attempt) =>
        new(BreakKind.Undecided, attempt.Provider, $"{attempt.Id}", attempt.AmountXaf, 0, attempt.PaymentId);

    /// <summary>Of what a charge brought, nothing is left for certain.</summary>
    public static Mismatch Disputed(CardDispute dispute, Guid? paymentId) =>
        new(BreakKind.CardDispute, PaymentMethods.Stripe, dispute.Reference, dispute.AmountXaf, 0, paymentId);

    /// <summary>Null when the order agrees with its payment; an order that does not say how it is paid is judged by its total.</summary>
    public static Mismatch? Compare(Payment payment, long? orderTotalXaf, string? orderPaymentStatus)
    {
        var isPaid = payment.Status == PaymentStatus.Completed;
        var saysPaid = orderPaymentStatus is "paid";
        var agrees = orderTotalXaf == payment.AmountXaf && (string.IsNullOrEmpty(orderPaymentStatus) || isPaid == saysPaid);
        return agrees ? null : new Mismatch(
            BreakKind.OrderDiffers, payment.Method, $"{payment.OrderId}", payment.AmountXaf, orderTotalXaf ?? 0, payment.Id);
    }

    private static IEnumerable<Mismatch> Unfounded(string provider, IEnumerable<HeldMovement> held, IEnumerable<BookedEntry> entries)
    {
        var completed = held.Where(row => row.Attempt.Status == AttemptStatus.Completed).Select(row => row.Attempt.Id).ToHashSet();
        return entries.Where(entry => !completed.Contains(entry.SourceId)).Select(entry => Unfounded(provider, entry));
    }

    private static Mismatch Unfounded(string book, BookedEntry entry) =>
        new(BreakKind.UnfoundedEntry, book, $"{entry.EntryId}", 0, entry.AmountXaf, entry.PaymentId);

    private static Mismatch? Judge(string provider, StatementLine line, HeldMovement? row, DateTimeOffset settledBefore)
    {
        if (row is null)
            return new Mismatch(BreakKind.UnknownMovement, provider, line.Reference, 0, line.AmountXaf, null);
        var attempt = row.Attempt;
        if (attempt.Status != AttemptStatus.Completed)
            return line.At is null || line.At < settledBefore
                ? new Mismatch(BreakKind.Unrecognised, provider, line.Reference, 0, line.AmountXaf, attempt.PaymentId)
                : null;
        return attempt.BroughtXaf == line.AmountXaf ? null
            : new Mismatch(BreakKind.AmountDiffers, provider, line.Reference, attempt.BroughtXaf, line.AmountXaf, attempt.PaymentId);
    }

    private static IEnumerable<Mismatch> Judge(string provider, HeldMovement row, bool isListed)
    {
        var (attempt, movedXaf) = (row.Attempt, row.Attempt.IsCollect ? row.Attempt.BroughtXaf : -row.Attempt.AmountXaf);
        if (!isListed)
            yield return new Mismatch(BreakKind.MissingAtProvider, provider, $"{attempt.Id}", movedXaf, 0, attempt.PaymentId);
        if ((row.BookedXaf ?? 0) != movedXaf)
            yield return new Mismatch(BreakKind.LedgerDiffers, provider, $"{attempt.Id}", movedXaf, row.BookedXaf ?? 0, attempt.PaymentId);
    }
}
