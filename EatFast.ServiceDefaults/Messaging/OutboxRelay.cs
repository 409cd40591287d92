using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EatFast.Messaging;

/// <summary>
/// Publishes staged events: claim with a lease and a fence, publish outside any transaction, mark after the broker's confirm.
/// Any number of relays may run at once; a crash anywhere only means that a message is published twice.
/// </summary>
internal sealed class OutboxRelay<TDb>(
    IServiceScopeFactory scopes, IBus bus, MessageTypes types, OutboxSignal signal, TimeProvider clock, ILogger<OutboxRelay<TDb>> logger)
    : BackgroundService where TDb : DbContext
{
    internal const string PartitionHeader = "partition-key";
    private const int BatchSize = 100;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(10);
    private static readonly ActivitySource Activities = new(Telemetry.Source);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await RelayBatchAsync(stoppingToken) == 0)
                    await signal.WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // An exception that leaves ExecuteAsync would stop the whole process.
                logger.LogWarning("The outbox cannot be read now: {Reason}", exception.Message);
                await signal.WaitAsync(stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Publishes what is due; the number tells whether there may be more.</summary>
    internal async Task<int> RelayBatchAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var claimed = await ClaimAsync(db, ct);
        if (claimed.Count == 0)
            return 0;
        var outcomes = await Task.WhenAll(claimed.Select(message => PublishAsync(message, ct)));
        await MarkAsync(db, claimed, outcomes, ct);
        return claimed.Count;
    }

    // The oldest unsent row of each aggregate, never a younger one; uses ix_outbox_messages_partition_key_sequence.
    [SuppressMessage("Security", "EF1002", Justification = "The table name comes from the model.")]
    private Task<List<OutboxMessage>> ClaimAsync(TDb db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var table = db.Model.FindEntityType(typeof(OutboxMessage))!.GetSchemaQualifiedTableName();
        return db.Set<OutboxMessage>().FromSqlRaw($$"""
            UPDATE {{table}} AS claimed
            SET lease_until = {0}, fence = claimed.fence + 1, attempts = claimed.attempts + 1
            WHERE claimed.id IN (
                SELECT head.id FROM {{table}} AS head
                WHERE head.sent_at IS NULL AND head.deliver_at <= {1} AND (head.lease_until IS NULL OR head.lease_until < {1})
                  AND NOT EXISTS (
                    SELECT 1 FROM {{table}} AS older
                    WHERE older.partition_key = head.partition_key AND older.sequence < head.sequence AND older.sent_at IS NULL)
                ORDER BY head.sequence
                LIMIT {2}
                FOR UPDATE SKIP LOCKED)
            RETURNING claimed.*
            """, now + Lease, now, BatchSize).AsNoTracking().ToListAsync(ct);
    }

    private async Task<string?> PublishAsync(OutboxMessage message, CancellationToken ct)
    {
        using var activity = Activities.StartActivity($"outbox publish {message.Type}", ActivityKind.Producer, message.TraceParent);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(PublishTimeout);
        try
        {
            var type = types.Find(message.Type);
            var body = JsonSerializer.Deserialize(message.Body, type, Outbox.Json)!;
            await bus.Publish(body, type, publish =>
            {
                publish.MessageId = message.Id;
                publish.Headers.Set(PartitionHeader, message.PartitionKey.ToString());
                // An event that no queue takes comes back as an error and stays here.
                if (publish.TryGetPayload<RabbitMqSendContext>(out var rabbit))
                    rabbit.Mandatory = true;
            }, timeout.Token);
            return null;
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            logger.LogWarning("Publishing {Type} {Id} failed: {Reason}", message.Type, message.Id, exception.Message);
            return exception.Message;
        }
    }

    private async Task MarkAsync(TDb db, List<OutboxMessage> claimed, string?[] outcomes, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        for (var i = 0; i < claimed.Count; i++)
        {
            var (message, error) = (claimed[i], outcomes[i]);
            if (error is null)
                continue;
            var retryAt = now + Backoff(message.Attempts);
            await Mine(db, [message]).ExecuteUpdateAsync(
                row => row.SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null)
                    .SetProperty(r => r.DeliverAt, retryAt)
                    .SetProperty(r => r.LastError, error), ct);
        }
        var sent = claimed.Where((_, i) => outcomes[i] is null).ToList();
        await Mine(db, sent).ExecuteUpdateAsync(row => row.SetProperty(r => r.SentAt, now), ct);
    }

    // A relay that was paused past its lease finds another fence here and changes nothing.
    private static IQueryable<OutboxMessage> Mine(TDb db, List<OutboxMessage> messages)
    {
        var keys = messages.Select(message => $"{message.Id}:{message.Fence}").ToList();
        var ids = messages.Select(message => message.Id).ToList();
        return db.Set<OutboxMessage>().Where(row => ids.Contains(row.Id) && keys.Contains(row.Id + ":" + row.Fence));
    }

    private static TimeSpan Backoff(int attempts) => attempts switch
    {
        1 => TimeSpan.FromMilliseconds(100),
        2 => TimeSpan.FromMilliseconds(500),
        3 => TimeSpan.FromSeconds(2),
        < 10 => TimeSpan.FromSeconds(5),
        _ => TimeSpan.FromSeconds(30)
    };
}
