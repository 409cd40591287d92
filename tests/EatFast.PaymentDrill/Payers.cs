using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EatFast.Payments.Domain;

namespace EatFast.PaymentDrill;

/// <summary>The people of the drill: each pays as its fate has it, with what goes wrong ordered at its provider before.</summary>
internal sealed class Payers(PaymentsSystem system, TimeSpan patience)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public async Task StartAsync(Case known)
    {
        var fate = known.Fate;
        var (charge, ask) = fate.Provider switch
        {
            PaymentMethods.NouPay => ("initiate", "verify"),
            PaymentMethods.Stripe => ("intent", "read"),
            _ => ("collect", "transaction")
        };
        foreach (var fault in new[] { fate.AnswerFault, fate.MovementFault, fate.Payer == Fate.SendsOther ? "other_amount" : null })
            await OrderAsync(fate.Provider, known, fault, charge);
        await OrderAsync(fate.Provider, known, fate.AskFault, ask);
        // What NouPay took goes back through CamPay.
        if (fate.IsCard)
            await OrderAsync(PaymentMethods.Stripe, known, fate.RefundFault, "refund");
        else
            await OrderAsync(PaymentMethods.CamPay, known, fate.RefundFault, "withdraw");
        await PayAsync(known);
    }

    /// <summary>Those who have a prompt on their phone, or a form for their card, and whose time has come, answer it.</summary>
    public async Task DecideAsync(IReadOnlyCollection<Case> cases, Predicate<Fate> which, ParallelOptions parallelism)
    {
        using var phones = system.CamPay.CreateClient();
        foreach (var group in cases.Where(known => which(known.Fate)).GroupBy(known => known.Fate.Provider))
        {
            var (path, name, reference) = group.Key switch
            {
                PaymentMethods.NouPay => ("/control/noupay/prompts", "phone", "transaction"),
                PaymentMethods.Stripe => ("/control/stripe/prompts", "order", "id"),
                _ => ("/control/prompts", "phone", "reference")
            };
            var byName = group.ToDictionary(NameAtProvider);
            var prompts = await phones.GetFromJsonAsync<JsonElement>(path, parallelism.CancellationToken);
            await Parallel.ForEachAsync(prompts.EnumerateArray(), parallelism, async (prompt, ct) =>
            {
                if (!byName.TryGetValue(prompt.GetProperty(name).GetString()!, out var known))
                    return;
                var answer = AnswerOf(known.Fate, prompt.GetProperty(reference).GetString()!);
                (await phones.PostAsync(answer, null, ct)).EnsureSuccessStatusCode();
            });
        }
    }

    /// <summary>By what a provider knows whose payment it is: its phone, and Stripe the order's number.</summary>
    public static string NameAtProvider(Case known) => known.Fate.IsCard ? known.Order.OrderNumber : known.Phone;

    private static string AnswerOf(Fate fate, string reference)
    {
        var refuses = fate.Payer == Fate.Refuses;
        return fate.Provider switch
        {
            PaymentMethods.NouPay => $"/control/noupay/{reference}/{(refuses ? "refuse" : "approve")}",
            PaymentMethods.Stripe => $"/control/stripe/intents/{reference}/pay/{(refuses ? "pm_card_visa_chargeDeclined" : "pm_card_visa")}",
            _ => $"/control/prompts/{reference}/{(refuses ? "refuse" : "approve")}"
        };
    }

    private Task OrderAsync(string provider, Case known, string? fault, string endpoint) => (fault, provider) switch
    {
        (null, _) => Task.CompletedTask,
        (_, PaymentMethods.NouPay) => system.CamPay.OrderNouPayFaultAsync(known.Phone, fault, endpoint),
        (_, PaymentMethods.Stripe) => system.CamPay.OrderStripeFaultAsync(known.Order.OrderNumber, fault, endpoint),
        _ => system.CamPay.OrderFaultAsync(known.Phone, fault, endpoint)
    };

    // A payer who hears that it did not work just now tries again, with the same key; so does a card form that got no secret.
    private async Task PayAsync(Case known)
    {
        var waited = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Pause);
        while (!IsDone(known.Fate, await AskAsync(known), waited.Elapsed > patience))
            await timer.WaitForNextTickAsync();
    }

    private async Task<(HttpStatusCode Status, bool HasSecret)> AskAsync(Case known)
    {
        var (order, key) = (known.Order, $"{known.Order.OrderId}");
        var answer = known.Fate.Provider switch
        {
            PaymentMethods.Stripe => await system.PostAsync(order.CustomerId, "stripe", new { orderId = order.OrderId }, key),
            PaymentMethods.NouPay => await system.PayAsync(order, known.Phone, "noupay", key),
            _ => await system.PayAsync(order, known.Phone, key: key)
        };
        return (answer.StatusCode, answer.IsSuccessStatusCode && (await answer.DataAsync()).TryGetProperty("clientSecret", out _));
    }

    private static bool IsDone(Fate fate, (HttpStatusCode Status, bool HasSecret) answer, bool isTooLate) => answer.Status switch
    {
        HttpStatusCode.Accepted when !fate.IsCard || answer.HasSecret || fate.Payer == Fate.Ignores => true,
        // The webhook of a card came before the answer, which was lost.
        HttpStatusCode.Conflict when fate.IsCard => true,
        HttpStatusCode.Accepted or HttpStatusCode.ServiceUnavailable when !isTooLate => false,
        _ => throw new InvalidOperationException($"Payment {fate.Number} of the drill was answered {(int)answer.Status}.")
    };
}
