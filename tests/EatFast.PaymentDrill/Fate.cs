using EatFast.Payments.Domain;

namespace EatFast.PaymentDrill;

/// <summary>What happens to one payment: the payer's and the provider's part, and what has to come of it, whatever the timing.</summary>
internal sealed record Fate(
    int Number, long AmountXaf, string Payer, string? AnswerFault, string? WebhookFault, string Cancel, string? RefundFault, string? AskFault)
{
    public const string Approves = "approves";
    public const string Refuses = "refuses";
    public const string Ignores = "ignores";
    public const string ApprovesLate = "approves late";
    public const string SendsOther = "sends other";

    /// <summary>The provider never heard of the charge.</summary>
    public bool IsUnheard => AnswerFault is "timeout" or "error500";

    public bool IsCancelled => Cancel != "";

    /// <summary>Known before our own patience ends.</summary>
    public bool IsDecidedEarly => !IsUnheard && Payer is Approves or Refuses or SendsOther;

    public bool MovesMoney => !IsUnheard && Payer is Approves or ApprovesLate or SendsOther;

    public string Expected => (Payer, IsUnheard, IsCancelled) switch
    {
        (_, true, true) => PaymentStatus.Cancelled,
        (_, true, false) => PaymentStatus.Expired,
        (Approves or ApprovesLate, _, true) => PaymentStatus.Refunded,
        (Approves or ApprovesLate, _, false) => PaymentStatus.Completed,
        (_, _, true) => PaymentStatus.Cancelled,
        (Ignores, _, false) => PaymentStatus.Expired,
        _ => PaymentStatus.Failed
    };

    /// <summary>Faults of every kind at the rates of the drill; the same seed gives the same fates.</summary>
    public static List<Fate> Draw(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number => Draw(number, random))];
    }

    private static Fate Draw(int number, Random random)
    {
        var payer = Pick(random, (0.74, Approves), (0.10, Refuses), (0.06, Ignores), (0.05, ApprovesLate), (0.05, SendsOther));
        var answer = Pick(random, (0.66, ""), (0.02, "timeout"), (0.10, "error500"), (0.14, "lost_answer"), (0.08, "slow"));
        var webhook = Pick(
            random, (0.40, ""), (0.25, "webhook_never"), (0.07, "webhook_five_times"), (0.07, "webhook_late"),
            (0.07, "webhook_out_of_order"), (0.07, "bad_signature"), (0.07, "webhook_before_answer"));
        var cancel = Pick(random, (0.84, ""), (0.08, "before"), (0.08, "after"));
        // Who gets the webhook before the answer has approved by then, and before any cancellation.
        if (webhook == "webhook_before_answer" && (payer != Approves || cancel == "before"))
            webhook = "";
        var refund = Pick(random, (0.6, ""), (0.2, "lost_answer"), (0.2, "error500"));
        var ask = Pick(random, (0.88, ""), (0.08, "error500"), (0.04, "lost_answer"));
        return new Fate(
            number, 100 + (5 * random.Next(2_000)), payer, answer == "" ? null : answer, webhook == "" ? null : webhook,
            payer is Ignores or ApprovesLate && cancel == "after" ? "" : cancel, refund == "" ? null : refund,
            ask == "" ? null : ask);
    }

    private static string Pick(Random random, params (double Share, string What)[] choices)
    {
        var lot = random.NextDouble();
        foreach (var (share, what) in choices)
            if ((lot -= share) < 0)
                return what;
        return choices[0].What;
    }
}
