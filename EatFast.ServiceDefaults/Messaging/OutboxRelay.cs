using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EatFast.Messaging;

/// <summary>
/// Publishes staged events: claim with a lease and a fence, publish outside any transaction, mark after the broker's confirm.
/// Any number of relays may run at once; a crash anywhere only means that a message is published twice.
/// </summary>
internal sealed class OutboxRelay<TDb>(
    IOutboxTable table, OutboxPublisher publisher, OutboxSignal signal, TimeProvider clock, ILogger<OutboxRelay<TDb>> logger)
    : BackgroundService where TDb : DbContext
{
    private const int Aggregates = 100;
    // Under load a batch gathers for this long, which saves a claim and a mark per event; an event after a quiet moment leaves at once.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batchStarted = 0L;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (batchStarted > 0 && clock.GetElapsedTime(batchStarted) is var since && since < Gathering)
                    await Task.Delay(Gathering - since, clock, stoppingToken);
                batchStarted = clock.GetTimestamp();
                if (!await RelayBatchAsync(stoppingToken))
                    await signal.WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // An exception that leaves ExecuteAsync would stop the whole process.
                logger.LogWarning("The outbox cannot be relayed now: {Reason}", exception.Message);
                await Task.Delay(OutboxPublisher.OutagePause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Publishes what is due; true when there may be more to do at once.</summary>
    internal async Task<bool> RelayBatchAsync(CancellationToken ct)
    {
        while (signal.Unstored.TryDequeue(out var unstored))
            await publisher.PublishAsync(unstored, ct);
        Failpoint.Reach("outbox.before-claim-commit");
        var started = clock.GetTimestamp();
        var claimed = await table.ClaimAsync(Aggregates, ct);
        if (claimed.Count == 0)
            return false;
        Failpoint.Reach("outbox.after-claim");
        if (Defect.Is("mark-before-confirm"))
            await table.MarkAsync(claimed.ConvertAll(message => new OutboxMark(message, OutboxOutcome.Sent)), clock.GetUtcNow(), ct);

        var runs = claimed.GroupBy(message => message.PartitionKey).Select(run => run.ToList()).ToList();
        if (runs.Count == Aggregates)
            signal.CallOthers();
        Func<OutboxMessage, CancellationToken, Task<OutboxMark>> publish = publisher.PublishAsync;
        MessageFaults.Inject(ref runs, ref publish);
        var marks = (await Task.WhenAll(runs.Select(run => PublishRunAsync(run, publish, started, ct)))).SelectMany(run => run).ToList();
        Failpoint.Reach("outbox.after-publish-before-mark");
        // Also when the process is about to stop: what was confirmed need not be published again.
        await table.MarkAsync(marks, clock.GetUtcNow(), CancellationToken.None);
        Failpoint.Reach("outbox.after-mark");
        return marks.Exists(mark => mark.Outcome != OutboxOutcome.NotTried);
    }

    // One aggregate's events one after the other. The first that does not leave holds back those behind it, unless it was parked.
    private async Task<List<OutboxMark>> PublishRunAsync(
        List<OutboxMessage> run, Func<OutboxMessage, CancellationToken, Task<OutboxMark>> publish, long claimedAt, CancellationToken ct)
    {
        var marks = new List<OutboxMark>(run.Count);
        var isHeldBack = false;
        foreach (var message in run)
        {
            // A lease that might end before the broker answers is no right to publish.
            isHeldBack |= ct.IsCancellationRequested || clock.GetElapsedTime(claimedAt) > OutboxTable<TDb>.Lease - OutboxPublisher.Timeout;
            var mark = isHeldBack ? new OutboxMark(message, OutboxOutcome.NotTried) : await publish(message, ct);
            isHeldBack |= mark.Outcome is OutboxOutcome.NotTried or OutboxOutcome.Failed;
            marks.Add(mark);
        }
        return marks;
    }
}
