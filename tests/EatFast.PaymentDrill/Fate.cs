using EatFast.Payments.Domain;

namespace EatFast.PaymentDrill;

/// <summary>What happens to one payment: the payer's and the provider's part, and what has to come of it, whatever the timing.</summary>
internal sealed record Fate(
    int Number, string Provider, long AmountXaf, string Payer, string? AnswerFault, string? MovementFault, string Cancel, string? RefundFault,
    string? AskFault)
{
    public const string Approves = "approves";
    public const string Refuses = "refuses";
    public const string Ignores = "ignores";
    public const string ApprovesLate = "approves late";
    public const string SendsOther = "sends other";

    public bool IsCard => Provider == PaymentMethods.Stripe;

    /// <summary>The provider never heard of the charge; whoever waits for a card's secret asks for it again, and is heard then.</summary>
    public bool IsUnheard => AnswerFault is "timeout" or "error500" && !(IsCard && Payer != Ignores);

    /// <summary>NouPay neither calls nor lists anything, so a charge whose answer was lost is left to a person.</summary>
    public bool IsUntold => Provider == PaymentMethods.NouPay && AnswerFault == "lost_answer";

    public bool IsCancelled => Cancel != "";

    /// <summary>Known before our own patience ends; a declined card may be followed by a better one until then.</summary>
    public bool IsDecidedEarly => !IsUnheard && !IsUntold && (Payer is Approves or SendsOther || (Payer == Refuses && !IsCard));

    /// <summary>An intent is cancelled at Stripe when its time is up, so nobody pays it late.</summary>
    public bool MovesMoney => !IsUnheard && (Payer is Approves or SendsOther || (Payer == ApprovesLate && !IsCard));

    public string Expected => (Payer, IsCancelled) switch
    {
        (Approves or ApprovesLate, true) when MovesMoney && !IsUntold => PaymentStatus.Refunded,
        (Approves or ApprovesLate, false) when MovesMoney && !IsUntold => PaymentStatus.Completed,
        (_, true) => PaymentStatus.Cancelled,
        _ when IsUnheard || IsUntold => PaymentStatus.Expired,
        (Ignores, _) when !IsCard => PaymentStatus.Expired,
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
        var provider = Pick(random, (0.6, PaymentMethods.CamPay), (0.2, PaymentMethods.NouPay), (0.2, PaymentMethods.Stripe));
        var payer = Pick(random, (0.74, Approves), (0.10, Refuses), (0.06, Ignores), (0.05, ApprovesLate), (0.05, SendsOther));
        var answer = Pick(random, (0.66, ""), (0.02, "timeout"), (0.10, "error500"), (0.14, "lost_answer"), (0.08, "slow"));
        var movement = provider == PaymentMethods.NouPay ? Pick(random, (0.7, ""), (0.3, "outcome_late")) : Pick(
            random, (0.36, ""), (0.25, "webhook_never"), (0.04, "webhook_twice"), (0.07, "webhook_five_times"), (0.07, "webhook_late"),
            (0.07, "webhook_out_of_order"), (0.07, "bad_signature"), (0.07, "webhook_before_answer"));
        var cancel = Pick(random, (0.84, ""), (0.08, "before"), (0.08, "after"));
        // Who gets the webhook before the answer has approved by then, and before any cancellation.
        if (movement == "webhook_before_answer" && (payer != Approves || cancel == "before"))
            movement = "";
        var refund = Pick(random, (0.6, ""), (0.2, "lost_answer"), (0.2, "error500"));
        var ask = Pick(random, (0.88, ""), (0.08, "error500"), (0.04, "lost_answer"));
        // Cards have a higher minimum.
        var amountXaf = (provider == PaymentMethods.Stripe ? 500 : 100) + (5 * random.Next(2_000));
        return new Fate(
            number, provider, amountXaf, payer, OrNull(answer), OrNull(movement),
            payer is Ignores or ApprovesLate && cancel == "after" ? "" : cancel, OrNull(refund), OrNull(ask));
    }

    private static string? OrNull(string fault) => fault == "" ? null : fault;

    private static string Pick(Random random, params (double Share, string What)[] choices)
    {
        var lot = random.NextDouble();
        foreach (var (share, what) in choices)
            if ((lot -= share) < 0)
                return what;
        return choices[0].What;
    }
}
