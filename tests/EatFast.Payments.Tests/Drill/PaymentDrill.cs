using System.Net.Http.Json;
using System.Text.Json;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Domain;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Tests.Drill;

/// <summary>A payment of the drill: its fate, and the order and number that it was given.</summary>
internal sealed record Case(Fate Fate, OrderPlaced Order, string Phone);

/// <summary>Pays many orders against the simulator with all faults on, in waves, and lets everything come to its end.</summary>
internal sealed class PaymentDrill(PaymentsSystem system)
{
    private const int Wave = 250;
    private static readonly ParallelOptions Parallelism = new() { MaxDegreeOfParallelism = 16 };

    public async Task<List<Case>> RunAsync(int seed, int count)
    {
        var cases = Fate.Draw(seed, count)
            .ConvertAll(fate => new Case(fate, system.AnOrder(PaymentMethods.CamPay, fate.AmountXaf), system.APhone()));
        foreach (var wave in cases.Chunk(Wave))
            await RunWaveAsync(wave);
        // Two polling cycles after the last payer's time was up: before and after the late ones have approved.
        system.Clock.Advance(TimeSpan.FromMinutes(16));
        await UntilAsync(cases, (_, payment) => payment.OpenCollect is null, "no charge is open");
        await DecideAsync(cases, fate => fate.Payer == Fate.ApprovesLate);
        system.Clock.Advance(TimeSpan.FromMinutes(61));
        await UntilAsync(cases, (known, payment) => payment.Status == known.Fate.Expected && IsQuiet(payment), "all have come to their end");
        return cases;
    }

    public Task<List<Payment>> PaymentsOfAsync(IReadOnlyCollection<Case> cases)
    {
        var orders = cases.Select(known => known.Order.OrderId).ToList();
        return system.Payments.WithDbAsync(db => db.Payments.AsNoTracking().Include(payment => payment.Attempts)
            .Where(payment => orders.Contains(payment.OrderId)).ToListAsync());
    }

    private async Task RunWaveAsync(Case[] wave)
    {
        await Parallel.ForEachAsync(wave, Parallelism, async (known, _) => await StartAsync(known));
        await UntilAsync(
            wave,
            (_, payment) => payment.Attempts.All(row => row.Status is not (AttemptStatus.Created or AttemptStatus.Sending)),
            "all were sent");
        await CancelAsync(wave, "before");
        await DecideAsync(wave, fate => fate.IsDecidedEarly);
        await UntilAsync(
            wave.Where(known => known.Fate.IsDecidedEarly).ToList(),
            (known, payment) => IsDecided(known, payment),
            "the decisions have arrived");
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
        if (fate.RefundFault is { } refundFault)
            await system.CamPay.OrderFaultAsync(phone, refundFault, "withdraw");
        var answer = await system.PayAsync(known.Order, phone, key: $"{known.Order.OrderId}");
        Assert.Equal(202, (int)answer.StatusCode);
    }

    private async Task CancelAsync(Case[] wave, string when) => await Parallel.ForEachAsync(
        wave.Where(known => known.Fate.Cancel == when), Parallelism, async (known, _) => await system.Payments.DeliverAsync(new OrderCancelled(
            known.Order.OrderId, known.Order.OrderNumber, known.Order.CustomerId, known.Order.RestaurantId, known.Order.RestaurantOwnerId,
            "drill", 2, known.Order.PlacedAt)));

    private async Task DecideAsync(IReadOnlyCollection<Case> cases, Predicate<Fate> which)
    {
        var byPhone = cases.Where(known => which(known.Fate)).ToDictionary(known => known.Phone);
        using var phones = system.CamPay.CreateClient();
        var prompts = await phones.GetFromJsonAsync<JsonElement>("/control/prompts");
        await Parallel.ForEachAsync(prompts.EnumerateArray(), Parallelism, async (prompt, ct) =>
        {
            if (!byPhone.TryGetValue(prompt.GetProperty("phone").GetString()!, out var known))
                return;
            var decision = known.Fate.Payer == Fate.Refuses ? "refuse" : "approve";
            var path = $"/control/prompts/{prompt.GetProperty("reference").GetString()}/{decision}";
            (await phones.PostAsync(path, null, ct)).EnsureSuccessStatusCode();
        });
    }

    private async Task UntilAsync(IReadOnlyCollection<Case> cases, Func<Case, Payment, bool> condition, string expectation)
    {
        var byOrder = cases.ToDictionary(known => known.Order.OrderId);
        foreach (var part in cases.Chunk(1_000))
        {
            List<Case> waiting = [.. part];
            await Eventually.AsTrue(async () =>
            {
                var payments = await PaymentsOfAsync(waiting);
                var done = payments.Where(payment => condition(byOrder[payment.OrderId], payment)).Select(payment => payment.OrderId).ToHashSet();
                waiting.RemoveAll(known => done.Contains(known.Order.OrderId));
                return waiting.Count == 0;
            }, expectation);
        }
    }
}
