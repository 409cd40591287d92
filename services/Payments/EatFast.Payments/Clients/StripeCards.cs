using EatFast.Payments.Domain;
using Stripe;

namespace EatFast.Payments.Clients;

/// <summary>
/// Cards through Stripe. The card goes from the payer's device to Stripe and never to us; we make the intent and ask how it ended.
/// The franc has no cents there either. Each call carries our own reference as its key, so that saying it again moves money once. Stripe
/// keeps a failure of its own under the key too: what it certainly does not have is then said under the next one.
/// </summary>
internal sealed class StripeCards(HttpClient http, StripeOptions options, TimeProvider clock, ILogger<StripeCards> logger) : IMoneyProvider
{
    private const string Reference = "reference";
    private const string Replayed = "Idempotent-Replayed";
    private const int PageSize = 100;

    private readonly StripeClient _stripe = new(new StripeClientOptions
    {
        ApiKey = options.SecretKey ?? "none",
        ApiBase = options.BaseUrl,
        HttpClient = new SystemNetHttpClient(http, maxNetworkRetries: 0, enableTelemetry: false)
    });

    public string Name => PaymentMethods.Stripe;

    public bool IsOn => options.IsOn;

    public async Task<SendResult> CollectAsync(MoneyOrder order, CancellationToken ct)
    {
        var intent = new PaymentIntentCreateOptions
        {
            Amount = order.AmountXaf,
            Currency = "xaf",
            Description = order.Description,
            Metadata = new() { [Reference] = order.ExternalReference },
            AutomaticPaymentMethods = new() { Enabled = true }
        };
        // An intent that was made behind a failure harms nobody: its secret, without which it cannot be paid, is known to nobody.
        return await MoveAsync(order, async () =>
        {
            var made = await _stripe.V1.PaymentIntents.CreateAsync(intent, KeyOf(order), ct);
            return new SendResult(SendOutcome.Accepted, made.Id) { ClientSecret = made.ClientSecret };
        }, ct);
    }

    /// <summary>Gives back to the card that was charged. Another key than the first could give back twice, so Stripe's list comes before it.</summary>
    public async Task<SendResult> SendAsync(MoneyOrder order, CancellationToken ct)
    {
        if (order.Attempt.KeyNumber > 1 && await LookForAsync(order, ct) is { Outcome: not SendOutcome.KeySpent } known)
            return known;
        var refund = new RefundCreateOptions
        {
            PaymentIntent = order.ChargeReference,
            Amount = order.AmountXaf,
            Metadata = new() { [Reference] = order.ExternalReference }
        };
        var sent = await MoveAsync(
            order, async () => new SendResult(SendOutcome.Accepted, (await _stripe.V1.Refunds.CreateAsync(refund, KeyOf(order), ct)).Id), ct);
        return sent.Outcome == SendOutcome.KeySpent ? await LookForAsync(order, ct) : sent;
    }

    public Task<ProviderState?> AskAsync(Attempt attempt, string reference, CancellationToken ct) => ReadAsync<ProviderState>(async () =>
    {
        if (!attempt.IsCollect)
            return StateOf(await _stripe.V1.Refunds.GetAsync(reference, null, null, ct));
        var intent = await _stripe.V1.PaymentIntents.GetAsync(reference, null, null, ct);
        // Nobody pays any more what we no longer wait for: then it is dead for certain.
        if (clock.GetUtcNow() >= attempt.ExpiresAt && intent.Status.StartsWith("requires_", StringComparison.Ordinal))
            intent = await _stripe.V1.PaymentIntents.CancelAsync(reference, null, null, ct);
        return StateOf(intent);
    }, ct);

    /// <summary>What the payer's device needs to go on with an intent that is there already.</summary>
    public Task<string?> ReadSecretAsync(string reference, CancellationToken ct) =>
        ReadAsync<string>(async () => (await _stripe.V1.PaymentIntents.GetAsync(reference, null, null, ct)).ClientSecret, ct);

    public Task<IReadOnlyList<StatementLine>?> ListAsync(DateOnly from, DateOnly until, CancellationToken ct) =>
        ReadAsync<IReadOnlyList<StatementLine>>(async () =>
        {
            // A day in Douala begins an hour before that of UTC.
            var created = new DateRangeOptions { GreaterThanOrEqual = from.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddHours(-1) };
            var lines = new List<StatementLine>();
            await foreach (var intent in _stripe.V1.PaymentIntents.ListAutoPagingAsync(new() { Created = created, Limit = PageSize }, null, ct))
                lines.Add(LineOf(intent.Id, StateOf(intent), true, intent.Created));
            await foreach (var refund in _stripe.V1.Refunds.ListAutoPagingAsync(new() { Created = created, Limit = PageSize }, null, ct))
                lines.Add(LineOf(refund.Id, StateOf(refund), false, refund.Created));
            return lines;
        },
        ct);

    public Task<CardDispute?> FindDisputeAsync(string reference, CancellationToken ct) => ReadAsync<CardDispute>(
        async () => DisputeOf(await _stripe.V1.Disputes.GetAsync(reference, null, null, ct)), ct);

    public Task<IReadOnlyList<CardDispute>?> ListDisputesAsync(DateTimeOffset from, CancellationToken ct) =>
        ReadAsync<IReadOnlyList<CardDispute>>(async () =>
        {
            var found = new List<CardDispute>();
            var options = new DisputeListOptions { Created = new DateRangeOptions { GreaterThanOrEqual = from.UtcDateTime }, Limit = PageSize };
            await foreach (var dispute in _stripe.V1.Disputes.ListAutoPagingAsync(options, null, ct))
                found.Add(DisputeOf(dispute));
            return found;
        },
        ct);

    // What is not in our currency is no charge of ours, and books nothing.
    private static CardDispute DisputeOf(Dispute dispute) => new(
        dispute.Id, dispute.PaymentIntentId, dispute.Currency == "xaf" ? dispute.Amount : 0, dispute.Status);

    // What failed may still be carried out there later, and no list shows that: only of a charge that cannot bear the refund twice, as Stripe
    // gives back no more than came in, is it said again. The others are left to a person.
    private async Task<SendResult> LookForAsync(MoneyOrder order, CancellationToken ct)
    {
        var ours = await ReadAsync<IReadOnlyList<string>>(async () =>
        {
            var found = new List<string>();
            var of = new RefundListOptions { PaymentIntent = order.ChargeReference, Limit = PageSize };
            await foreach (var refund in _stripe.V1.Refunds.ListAutoPagingAsync(of, null, ct))
                if (refund.Metadata.GetValueOrDefault(Reference) == order.ExternalReference)
                    found.Add(refund.Id);
            return found;
        },
        ct);
        return ours switch
        {
            null => new(SendOutcome.Unknown, Reason: "NO_ANSWER"),
            [var first, ..] => new(SendOutcome.Accepted, first),
            _ when order.AmountXaf * 2 > order.ChargedXaf => Spent(order),
            _ => new(SendOutcome.Unknown, Reason: "ANSWER_KEPT")
        };
    }

    private async Task<SendResult> MoveAsync(MoneyOrder order, Func<Task<SendResult>> move, CancellationToken ct)
    {
        try
        {
            return await move();
        }
        catch (StripeException refused)
        {
            logger.LogWarning("Stripe answered {Status} {Code}", (int)refused.HttpStatusCode, refused.StripeError?.Code);
            return (int)refused.HttpStatusCode switch
            {
                401 or 403 or 429 => new(SendOutcome.NotSent),
                409 => new(SendOutcome.Unknown, Reason: "IN_PROGRESS"),
                >= 500 when IsReplayed(refused) => Spent(order),
                >= 400 and < 500 => new(SendOutcome.Refused, Reason: refused.StripeError?.Code?.ToUpperInvariant() ?? "PROVIDER_REFUSED"),
                _ => new(SendOutcome.Unknown, Reason: $"ANSWER_{(int)refused.HttpStatusCode}")
            };
        }
        catch (Exception exception) when (Trouble.Is(exception, ct))
        {
            logger.LogWarning("Stripe gave no answer: {Reason}", exception.Message);
            return Trouble.NeverLeft(exception) ? new(SendOutcome.NotSent) : new(SendOutcome.Unknown, Reason: "NO_ANSWER");
        }
    }

    private async Task<T?> ReadAsync<T>(Func<Task<T>> read, CancellationToken ct) where T : class
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (exception is StripeException || Trouble.Is(exception, ct))
        {
            logger.LogWarning("Stripe did not tell: {Reason}", exception.Message);
            return null;
        }
    }

    private static RequestOptions KeyOf(MoneyOrder order) => new() { IdempotencyKey = order.Attempt.Key };

    private static SendResult Spent(MoneyOrder order) =>
        new(SendOutcome.KeySpent, Reason: "ANSWER_KEPT") { SpentKey = order.Attempt.KeyNumber };

    private static bool IsReplayed(StripeException failure) =>
        failure.StripeResponse?.Headers is { } headers && headers.TryGetValues(Replayed, out var said) && said.Contains("true");

    private static StatementLine LineOf(string id, ProviderState state, bool isCollect, DateTime created) =>
        new(id, state.Status, state.AmountXaf ?? 0, state.ExternalReference, isCollect, new DateTimeOffset(created, TimeSpan.Zero));

    private static ProviderState StateOf(PaymentIntent intent) => new(
        intent.Status switch { "succeeded" => ProviderState.Successful, "canceled" => ProviderState.Failed, _ => "PENDING" },
        intent.Status == "succeeded" ? intent.AmountReceived : intent.Amount,
        intent.Currency.ToUpperInvariant(),
        intent.Metadata.GetValueOrDefault(Reference) ?? "none",
        intent.LastPaymentError?.Code?.ToUpperInvariant() ?? intent.CancellationReason?.ToUpperInvariant());

    private static ProviderState StateOf(Refund refund) => new(
        refund.Status switch { "succeeded" => ProviderState.Successful, "failed" or "canceled" => ProviderState.Failed, _ => "PENDING" },
        refund.Amount,
        refund.Currency.ToUpperInvariant(),
        refund.Metadata.GetValueOrDefault(Reference) ?? "none",
        refund.FailureReason?.ToUpperInvariant());
}
