using System.Diagnostics;
using System.Runtime.Serialization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EatFast.Errors;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace EatFast.Messaging;

/// <summary>
/// What a consumer cannot handle now goes back to its own queue later, through the outbox and under the same id, so that neither the queue
/// nor a neighbour waits for it. A failure climbs the ladder and ends in the dead-letter queue; an outage is tried for as long as it lasts.
/// </summary>
internal sealed class Redelivery<TDb>(IOutboxTable table, TimeProvider clock, ILogger<Redelivery<TDb>> logger)
    : IFilter<ConsumeContext> where TDb : DbContext
{
    internal static readonly TimeSpan[] Ladder =
    [
        TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30)
    ];

    // Short, because neighbours wait meanwhile; what needs longer is delivered again.
    private static readonly TimeSpan[] AtOnce = [TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.5)];
    private static readonly TimeSpan OutageDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(1);

    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        if (Defect.Is("ack-before-commit"))
        {
            _ = Task.Run(() => next.Send(context));
            // Said to be settled, or what nobody has consumed yet would count as unknown.
            await context.ReceiveContext.NotifyFaulted(new InvalidOperationException("Acknowledged before it was handled."));
            return;
        }
        try
        {
            await SendPatientlyAsync(context, next);
        }
        catch (Exception failure) when (!context.CancellationToken.IsCancellationRequested && !IsMalformed(failure))
        {
            var isOutage = HttpErrors.IsOutage(failure);
            var failures = context.Headers.Get<int>(OutboxPublisher.FailuresHeader) ?? 0;
            if (context.MessageId is null || (!isOutage && failures >= Ladder.Length))
                throw;
            var copy = CopyOf(context, isOutage ? failures : failures + 1, failure);
            await StoreAsync(copy, isOutage ? OutageDelay : Ladder[failures], context.CancellationToken);
            if (!isOutage)
                await context.ReceiveContext.NotifyFaulted(failure);
        }
    }

    // Each attempt gets a scope of its own, because the inbox inside opens it.
    private async Task SendPatientlyAsync(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await next.Send(context);
                return;
            }
            catch (Exception failure) when (
                attempt < AtOnce.Length && !context.CancellationToken.IsCancellationRequested && !IsMalformed(failure))
            {
                await Task.Delay(AtOnce[attempt], clock, context.CancellationToken);
            }
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("redelivery");

    // While our own store is away nothing in this queue can be handled, so this message keeps its place.
    private async Task StoreAsync(OutboxMessage copy, TimeSpan delay, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await table.AddAsync(copy, delay, ct);
                return;
            }
            catch (Exception outage) when (HttpErrors.IsOutage(outage) && !ct.IsCancellationRequested)
            {
                logger.LogWarning("{Message} waits for the database: {Reason}", copy.OriginalId, outage.Message);
                await Task.Delay(StorePause, clock, ct);
            }
        }
    }

    private OutboxMessage CopyOf(ConsumeContext context, int failures, Exception failure)
    {
        var queue = context.ReceiveContext.InputAddress.AbsolutePath.Split('/')[^1];
        var round = (context.Headers.Get<int>(OutboxPublisher.RoundHeader) ?? 0) + 1;
        using var envelope = JsonDocument.Parse(context.ReceiveContext.Body.GetBytes());
        // The same round of the same message gets the same id: a copy that was stored before a crash is not stored again after it.
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{context.MessageId} {queue} {round}")).AsSpan(0, 16));
        return new OutboxMessage
        {
            Id = id,
            OriginalId = context.MessageId,
            PartitionKey = id,
            Type = NameOf(envelope.RootElement.GetProperty("messageType")[0].GetString()!),
            Body = envelope.RootElement.GetProperty("message").GetRawText(),
            TraceParent = Activity.Current?.Id,
            Destination = queue,
            Round = round,
            Failures = failures,
            CreatedAt = clock.GetUtcNow(),
            LastError = $"{failure.GetType().Name}: {failure.Message}"
        };
    }

    // urn:message:EatFast.Ordering.Contracts:OrderPlaced
    private static string NameOf(string urn) => urn["urn:message:".Length..].Replace(':', '.');

    private static bool IsMalformed(Exception failure) =>
        failure is JsonException or SerializationException || (failure.InnerException is { } inner && IsMalformed(inner));
}
