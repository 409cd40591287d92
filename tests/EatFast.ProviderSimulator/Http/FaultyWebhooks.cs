using EatFast.ProviderSimulator.Providers.CamPay;
using EatFast.ProviderSimulator.State;

namespace EatFast.ProviderSimulator.Http;

/// <summary>Sends webhooks as the misfortunes ordered for them want it: not at all, late, forged, again and again, or in the wrong order.</summary>
internal sealed class FaultyWebhooks(WebhookSender sender, CamPayOptions pace)
{
    /// <summary>Null when it is never sent.</summary>
    /// <param name="strikes">Uses up what was ordered for the movement.</param>
    /// <param name="make">The call, with a forged signature or a true one.</param>
    public WebhookCall? Prepare(Predicate<string> strikes, Func<bool, WebhookCall> make)
    {
        if (strikes(MovementFaults.WebhookNever))
            return null;
        var isForged = strikes(MovementFaults.BadSignature);
        var isLate = strikes(MovementFaults.WebhookLate);
        return make(isForged) with
        {
            Delay = TimeSpan.FromMilliseconds(isLate ? pace.LateWebhookMs : 0),
            RetryAfter = TimeSpan.FromMilliseconds(pace.WebhookRetryMs),
        };
    }

    /// <param name="call">What is told.</param>
    /// <param name="strikes">As above.</param>
    /// <param name="earlier">What was true before: it may be told after the end.</param>
    public void Send(WebhookCall call, Predicate<string> strikes, Func<WebhookCall?> earlier)
    {
        var copies = strikes(MovementFaults.WebhookFiveTimes) ? 5 : strikes(MovementFaults.WebhookTwice) ? 2 : 1;
        for (var copy = 1; copy < copies; copy++)
            sender.Enqueue(call);
        sender.Enqueue(call with { Then = strikes(MovementFaults.WebhookOutOfOrder) ? earlier() : null });
    }

    public Task SendAtOnceAsync(WebhookCall call, CancellationToken ct) => sender.SendAsync(call, ct);
}
