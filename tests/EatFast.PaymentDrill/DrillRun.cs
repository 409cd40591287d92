using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.PaymentDrill;

/// <summary>A payment of the drill: its fate, and the order and number that it was given.</summary>
internal sealed record Case(Fate Fate, OrderPlaced Order, string Phone);

/// <summary>
/// Pays many orders against the simulator with all faults on, a few waves at a time, and lets everything come to its end. What does not
/// come to it within the patience is left for the report to find.
/// </summary>
internal sealed class DrillRun(PaymentsSystem system, TimeSpan patience, Action<string> say)
{
    private const int Wave = 250;
    // As many questions a second as a provider allows, and thus the service asks.
    private const double AsksPerSecond = 10;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly ParallelOptions Parallelism = new() { MaxDegreeOfParallelism = 12 };
    private int _decided;

    public async Task<List<Case>> RunAsync(int seed, int count, CancellationToken ct)
    {
        var cases = Fate.Draw(seed, count)
            .ConvertAll(fate => new Case(fate, system.AnOrder(PaymentMethods.CamPay, fate.AmountXaf), system.APhone()));
        // While one wave waits for its answers, another one pays.
        var lanes = new ParallelOptions { MaxDegreeOfParallelism = 3, CancellationToken = ct };
        await Parallel.ForEachAsync(cases.Chunk(Wave), lanes, async (wave, stop) =>
        {
            await RunWaveAsync(wave, stop);
            say($"{Interlocked.Add(ref _decided, wave.Length)} of {count} payments have had their payer's answer");
        });
        // Two polling cycles after the last payer's time was up: before and after the late ones have approved.
        system.Clock.Advance(TimeSpan.FromMinutes(16));
        say("their time is up: the first polling cycle");
        await UntilAsync(cases, (_, payment) => payment.OpenCollect is null, ct);
        await DecideAsync(cases, fate => fate.Payer == Fate.ApprovesLate, ct);
        system.Clock.Advance(TimeSpan.FromMinutes(61));
        say("some have approved late: the second polling cycle");
        var askedAgain = cases.Count(known => !known.Fate.IsDecidedEarly);
        await UntilAsync(
            cases, (known, payment) => payment.Status == known.Fate.Expected && IsQuiet(payment), ct,
            patience + TimeSpan.FromSeconds(askedAgain / AsksPerSecond));
        return cases;
    }

    public async Task<List<Payment>> PaymentsOfAsync(IReadOnlyCollection<Case> cases)
    {
        var payments = new List<Payment>();
        foreach (var part in cases.Chunk(1_000))
        {
            var orders = part.Select(known => known.Order.OrderId).ToList();
            payments.AddRange(await system.Payments.WithDbAsync(db => db.Payments.AsNoTracking().Include(payment => payment.Attempts)
                .Where(payment => orders.Contains(payment.OrderId)).ToListAsync()));
        }
        return payments;
    }

    private async Task RunWaveAsync(Case[] wave, CancellationToken ct)
    {
        await Parallel.ForEachAsync(wave, Parallelism, async (known, _) => await StartAsync(known));
        await UntilAsync(
            wave, (_, payment) => payment.Attempts.All(row => row.Status is not (AttemptStatus.Created or AttemptStatus.Sending)), ct);
        await CancelAsync(wave, "before");
        await DecideAsync(wave, fate => fate.IsDecidedEarly, ct);
        await UntilAsync(wave.Where(known => known.Fate.IsDecidedEarly).ToList(), IsDecided, ct);
        await CancelAsync(wave, "after");
    }

    private static bool IsDecided(Case known, Payment payment) => known.Fate.Cancel == "after"
        ? payment.Status is PaymentStatus.Completed or PaymentStatus.Failed
        : payment.Status == known.Fate.Expected;

    private static bool IsQuiet(Payment payment) =>
        payment.Attempts.All(row => row.IsFinal || row is { IsCollect: true, Status: AttemptStatus.Expired });

    private async Task StartAsync(Case known)
    {
        var (fate, phone) = (known.Fate, known.Phone);
        foreach (var fault in new[] { fate.AnswerFault, fate.WebhookFault, fate.Payer == Fate.SendsOther ? "other_amount" : null })
            if (fault is not null)
                await system.CamPay.OrderFaultAsync(phone, fault, "collect");
        if (fate.AskFault is { } askFault)
            await system.CamPay.OrderFaultAsync(phone, askFault, "transaction");
        if (fate.RefundFault is { } refundFault)
            await system.CamPay.OrderFaultAsync(phone, refundFault, "withdraw");
        await PayAsync(known);
    }

    // A payer who hears that it did not work just now tries again, with the same key.
    private async Task PayAsync(Case known)
    {
        var waited = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Interval);
        while (true)
        {
            var answer = await system.PayAsync(known.Order, known.Phone, key: $"{known.Order.OrderId}");
            if (answer.StatusCode is HttpStatusCode.Accepted)
                return;
            if (answer.StatusCode is not HttpStatusCode.ServiceUnavailable || waited.Elapsed > patience)
                throw new InvalidOperationException($"The payment of order {known.Order.OrderId} was answered {(int)answer.StatusCode}.");
            await timer.WaitForNextTickAsync();
        }
    }

    private async Task CancelAsync(Case[] wave, string when) => await Parallel.ForEachAsync(
        wave.Where(known => known.Fate.Cancel == when), Parallelism, async (known, _) => await system.Payments.DeliverAsync(new OrderCancelled(
            known.Order.OrderId, known.Order.OrderNumber, known.Order.CustomerId, known.Order.RestaurantId, known.Order.RestaurantOwnerId,
            "drill", 2, known.Order.PlacedAt)));

    private async Task DecideAsync(IReadOnlyCollection<Case> cases, Predicate<Fate> which, CancellationToken ct)
    {
        var byPhone = cases.Where(known => which(known.Fate)).ToDictionary(known => known.Phone);
        using var phones = system.CamPay.CreateClient();
        var prompts = await phones.GetFromJsonAsync<JsonElement>("/control/prompts", ct);
        await Parallel.ForEachAsync(prompts.EnumerateArray(), Parallelism, async (prompt, stop) =>
        {
            if (!byPhone.TryGetValue(prompt.GetProperty("phone").GetString()!, out var known))
                return;
            var decision = known.Fate.Payer == Fate.Refuses ? "refuse" : "approve";
            var path = $"/control/prompts/{prompt.GetProperty("reference").GetString()}/{decision}";
            (await phones.PostAsync(path, null, stop)).EnsureSuccessStatusCode();
        });
    }

    private async Task UntilAsync(
        IReadOnlyCollection<Case> cases, Func<Case, Payment, bool> condition, CancellationToken ct, TimeSpan? longer = null)
    {
        var waiting = cases.ToDictionary(known => known.Order.OrderId);
        var waited = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Interval);
        while (waiting.Count > 0 && waited.Elapsed < (longer ?? patience))
        {
            foreach (var payment in await PaymentsOfAsync(waiting.Values))
                if (condition(waiting[payment.OrderId], payment))
                    waiting.Remove(payment.OrderId);
            await timer.WaitForNextTickAsync(ct);
        }
    }
}
