using System.Diagnostics;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.PaymentDrill;

/// <summary>A payment of the drill: its fate, and the order and number that it was given.</summary>
internal sealed record Case(Fate Fate, OrderPlaced Order, string Phone);

/// <summary>
/// Pays many orders against the simulator with all faults on, a few waves at a time, and lets everything come to its end. What does not
/// come to it within the patience is left for the report to find. A few payments may be hurried: then time passes faster while it waits.
/// </summary>
internal sealed class DrillRun(PaymentsSystem system, TimeSpan patience, Action<string> say, TimeSpan? hurry = null)
{
    private const int Wave = 250;
    // As many questions a second as a provider allows, and thus the service asks.
    private const double AsksPerSecond = 10;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly ParallelOptions Parallelism = new() { MaxDegreeOfParallelism = 12 };
    private readonly Payers _payers = new(system, patience);
    private int _decided;

    public async Task<List<Case>> RunAsync(int seed, int count, CancellationToken ct)
    {
        var cases = Fate.Draw(seed, count)
            .ConvertAll(fate => new Case(fate, system.AnOrder(fate.Provider, fate.AmountXaf), system.APhone()));
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
        // A card whose form is still open is cancelled at its provider; a question that got no answer is put again.
        system.Clock.Advance(TimeSpan.FromSeconds(31));
        await UntilAsync(cases.FindAll(known => known.Fate.IsCard), (_, payment) => payment.Attempts.All(IsDead), ct);
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
        await Parallel.ForEachAsync(wave, Parallelism, async (known, _) => await _payers.StartAsync(known));
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

    private static bool IsDead(Attempt attempt) => attempt.IsFinal || !attempt.IsCollect || attempt.ProviderReference is null;

    private static bool IsQuiet(Payment payment) =>
        payment.Attempts.All(row => row.IsFinal || row is { IsCollect: true, Status: AttemptStatus.Expired });

    private async Task CancelAsync(Case[] wave, string when) => await Parallel.ForEachAsync(
        wave.Where(known => known.Fate.Cancel == when), Parallelism, async (known, _) => await system.Payments.DeliverAsync(new OrderCancelled(
            known.Order.OrderId, known.Order.OrderNumber, known.Order.CustomerId, known.Order.RestaurantId, known.Order.RestaurantOwnerId,
            "drill", 2, known.Order.PlacedAt)));

    private Task DecideAsync(IReadOnlyCollection<Case> cases, Predicate<Fate> which, CancellationToken ct) =>
        _payers.DecideAsync(cases, which, new() { MaxDegreeOfParallelism = Parallelism.MaxDegreeOfParallelism, CancellationToken = ct });

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
            system.Clock.Advance(hurry ?? TimeSpan.Zero);
        }
    }
}
