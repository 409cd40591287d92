using EatFast.Payments.Domain;

namespace EatFast.Payments.Tests.Domain;

/// <summary>
/// Answer, webhook, poll and the payer's return in every order, each lost or repeated, around the provider's decision, a stop of the
/// order and the end of our patience: one state, at most one charge, and what came for nothing goes back once.
/// </summary>
public sealed class SignalOrderTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public static TheoryData<bool, string, bool> Fates
    {
        get
        {
            var fates = new TheoryData<bool, string, bool>();
            foreach (var isAnswered in new[] { true, false })
                foreach (var decision in new[] { "paid", "refused", "other amount", "nothing" })
                    foreach (var isStopped in new[] { true, false })
                        fates.Add(isAnswered, decision, isStopped);
            return fates;
        }
    }

    [Theory, MemberData(nameof(Fates))]
    public void All_orders_losses_and_repeats_end_in_one_state(bool isAnswered, string decision, bool isStopped)
    {
        var always = isStopped ? "ADS" : "AD";
        var ends = new HashSet<(string, long, int, int)>();
        var runs = 0;
        foreach (var signals in Signals().Select(extra => always + extra).SelectMany(all => Orders([.. all.Order()])))
        {
            var world = new World(isAnswered, decision);
            foreach (var signal in signals)
                world.Play(signal);
            ends.Add(world.End());
            runs++;
        }

        Assert.True(runs > 3_000, $"{runs} orders");
        Assert.Equal(Expected(decision, isStopped), Assert.Single(ends));
    }

    private static (string Status, long RefundedXaf, int Captures, int Returns) Expected(string decision, bool isStopped) =>
        (decision, isStopped) switch
        {
            ("paid", true) => (PaymentStatus.Refunded, 5_500, 1, 1),
            ("paid", false) => (PaymentStatus.Completed, 0, 1, 0),
            ("other amount", true) => (PaymentStatus.Cancelled, 0, 1, 1),
            ("other amount", false) => (PaymentStatus.Failed, 0, 1, 1),
            (_, true) => (PaymentStatus.Cancelled, 0, 0, 0),
            ("refused", false) => (PaymentStatus.Failed, 0, 0, 0),
            _ => (PaymentStatus.Expired, 0, 0, 0)
        };

    // W: webhook, P: poll, R: the payer's return, E: the time to pay ends.
    private static IEnumerable<string> Signals() =>
        from webhooks in Enumerable.Range(0, 3)
        from polls in Enumerable.Range(0, 3)
        from returns in Enumerable.Range(0, 2)
        from endings in Enumerable.Range(0, webhooks + polls + returns < 4 ? 2 : 1)
        select new string('W', webhooks) + new string('P', polls) + new string('R', returns) + new string('E', endings);

    private static IEnumerable<string> Orders(List<char> left)
    {
        if (left.Count == 0)
            yield return "";
        for (var index = 0; index < left.Count; index++)
        {
            if (index > 0 && left[index] == left[index - 1])
                continue;
            List<char> rest = [.. left];
            rest.RemoveAt(index);
            foreach (var tail in Orders(rest))
                yield return left[index] + tail;
        }
    }

    private sealed class World
    {
        private const string Reference = "at-the-provider";
        private readonly AttemptCourse _course = new(new PollSchedule(TimeSpan.FromSeconds(3)));
        private readonly Payment _payment = Payment.Of(
            new OrderToPay(Guid.NewGuid(), "EF-1", Guid.NewGuid(), Guid.NewGuid(), 5_500, PaymentMethods.CamPay), Start);
        private readonly Attempt _charge;
        private readonly bool _isAnswered;
        private readonly string _decision;
        private readonly List<CourseStep> _steps = [];
        private bool _isDecided;
        private DateTimeOffset _now = Start;

        public World(bool isAnswered, string decision)
        {
            (_isAnswered, _decision) = (isAnswered, decision);
            _charge = _payment.StartCollect(Guid.NewGuid(), new Purse(PaymentMethods.CamPay, "sealed", "mtn"), Start, Lifetime);
            // As the sender's claim does it, in SQL.
            typeof(Attempt).GetProperty(nameof(Attempt.Status))!.SetValue(_charge, AttemptStatus.Sending);
        }

        public void Play(char signal)
        {
            _now += signal == 'E' ? Lifetime : TimeSpan.FromSeconds(1);
            if (signal == 'A')
                _steps.Add(_course.Sent(_payment, _charge, _isAnswered ? new(SendOutcome.Accepted, Reference) : new(SendOutcome.Unknown), _now));
            else if (signal == 'D')
                _isDecided = _decision != "nothing";
            else if (signal == 'S')
                _payment.Stop(PaymentStatus.Cancelled, _now);
            else if (signal == 'W')
                Ask(_charge, Reference);
            else if (signal != 'E')
                // Without a reference of its own a charge is looked for in the statement, which lists what is decided.
                Ask(_charge, _charge.ProviderReference ?? (_isDecided ? Reference : null));
        }

        /// <summary>Two polling cycles after all is over, and the provider pays out what it is told to.</summary>
        public (string Status, long RefundedXaf, int Captures, int Returns) End()
        {
            Play('P');
            Play('E');
            Play('P');
            foreach (var refund in _payment.Attempts.Where(attempt => !attempt.IsCollect).ToList())
                _steps.Add(_course.Told(
                    _payment, refund, "back", new("SUCCESSFUL", refund.AmountXaf, "XAF", refund.ExternalReference, null), _now));
            Assert.Equal(0, _steps.Where(step => step.Entry is not null).SelectMany(step => step.Entry!.Lines)
                .Where(line => line.Account == Accounts.OrderEscrow).Sum(line => line.AmountXaf) + HeldXaf);
            Assert.True(_steps.Count(step => step.Said == Said.Paid) <= 1);
            return (_payment.Status, _payment.RefundedXaf, Entries("capture"), Entries("refund"));
        }

        private long HeldXaf => _payment.Status == PaymentStatus.Completed ? _payment.AmountXaf : 0;

        private int Entries(string kind) => _steps.Count(step => step.Entry?.Kind == kind);

        private void Ask(Attempt attempt, string? reference)
        {
            var status = !_isDecided ? "PENDING" : _decision == "refused" ? ProviderState.Failed : ProviderState.Successful;
            var amount = _decision == "other amount" ? 2_750 : attempt.AmountXaf;
            var state = reference is null ? null : new ProviderState(status, amount, "XAF", attempt.ExternalReference, null);
            _steps.Add(_course.Told(_payment, attempt, reference, state, _now));
        }
    }
}
