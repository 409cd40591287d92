using EatFast.Payments.Domain;

namespace EatFast.Payments.Tests.Domain;

/// <summary>Books that agree give no break; each planted difference gives its own and no other.</summary>
public sealed class ReconcilerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Books_that_agree_give_no_break() => Assert.Empty(Compare(new Books()));

    [Fact]
    public void Three_planted_breaks_give_exactly_three()
    {
        var books = new Books();
        books.Lines.Add(new StatementLine("never heard of", "SUCCESSFUL", 900, null, true, Now.AddHours(-1)));
        books.Lines[3] = books.Lines[3] with { AmountXaf = 1 };
        books.Entries.Add(new BookedEntry(Guid.NewGuid(), Guid.NewGuid(), null, 700));

        Assert.Equal(
            [BreakKind.AmountDiffers, BreakKind.UnfoundedEntry, BreakKind.UnknownMovement],
            Compare(books).Select(mismatch => mismatch.Kind).Order());
    }

    [Fact]
    public void What_the_ledger_or_the_provider_misses_is_found()
    {
        var books = new Books();
        books.Lines.RemoveAt(0);
        books.Held[1] = books.Held[1] with { BookedXaf = null };

        Assert.Equal([BreakKind.LedgerDiffers, BreakKind.MissingAtProvider], Compare(books).Select(mismatch => mismatch.Kind).Order());
    }

    [Fact]
    public void What_has_just_moved_may_be_on_its_way()
    {
        var books = new Books();
        books.Held[0] = new HeldMovement(AnAttempt("r0", isCompleted: false), null);
        books.Entries.RemoveAt(0);

        Assert.Empty(Reconciler.Compare("campay", books.Lines, books.Held, books.Entries, Now.AddDays(-2), Now.AddHours(-3)));
        Assert.Equal(BreakKind.Unrecognised, Assert.Single(Compare(books)).Kind);
    }

    [Theory]
    [InlineData(5_500L, "paid", false)]
    [InlineData(5_500L, "", false)]
    [InlineData(5_000L, "paid", true)]
    [InlineData(5_500L, "pending", true)]
    [InlineData(null, null, true)]
    public void A_paid_order_says_so(long? totalXaf, string? status, bool isBreak)
    {
        var payment = APayment();
        payment.PayFromWallet(Now);

        Assert.Equal(isBreak, Reconciler.Compare(payment, totalXaf, status) is not null);
    }

    private static IReadOnlyList<Mismatch> Compare(Books books) =>
        Reconciler.Compare("campay", books.Lines, books.Held, books.Entries, Now.AddDays(-2), Now);

    private static Payment APayment() => Payment.Of(
        new OrderToPay(Guid.NewGuid(), "EF-1", Guid.NewGuid(), Guid.NewGuid(), 5_500, PaymentMethods.CamPay), Now.AddHours(-2));

    private static Attempt AnAttempt(string reference, bool isCompleted = true)
    {
        var payment = APayment();
        var attempt = payment.StartCollect(Guid.NewGuid(), new Purse(PaymentMethods.CamPay), Now.AddHours(-2), TimeSpan.FromMinutes(15));
        payment.Accept(attempt, new SendResult(SendOutcome.Accepted, reference), Now, Now.AddHours(-2));
        if (isCompleted)
            payment.Receive(attempt, reference, Now.AddHours(-1));
        return attempt;
    }

    private sealed class Books
    {
        public Books()
        {
            for (var number = 0; number < 6; number++)
            {
                var attempt = AnAttempt($"r{number}");
                Lines.Add(new StatementLine($"r{number}", "SUCCESSFUL", 5_500, attempt.ExternalReference, true, Now.AddHours(-2)));
                Held.Add(new HeldMovement(attempt, 5_500));
                Entries.Add(new BookedEntry(Guid.NewGuid(), attempt.Id, attempt.PaymentId, 5_500));
            }
            Lines.Add(new StatementLine("failed", "FAILED", 5_500, null, null, Now));
        }

        public List<StatementLine> Lines { get; } = [];

        public List<HeldMovement> Held { get; } = [];

        public List<BookedEntry> Entries { get; } = [];
    }
}
