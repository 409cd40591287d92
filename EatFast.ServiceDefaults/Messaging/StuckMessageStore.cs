using System.Text.Json.Nodes;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace EatFast.Messaging;

/// <summary>Finds the queue by its name, in the broker or in the outbox.</summary>
internal sealed class StuckMessageStore(
    OwnQueues own, DeadLetters dead, DbContext db, OutboxSignal signal, TimeProvider clock, ILogger<StuckMessageStore> logger)
{
    public async Task<List<QueueCount>> ListAsync(CancellationToken ct)
    {
        var queues = (await dead.CountAsync(own.Dead, ct)).ConvertAll(found => new QueueCount(found.Queue, "dead_letter", found.Count));
        queues.Add(new(own.Parked, "parked", await ParkedRows.LongCountAsync(ct)));
        return queues;
    }

    public async Task<(long Total, List<StuckMessage> Messages)> BrowseAsync(string queue, PageQuery page, CancellationToken ct)
    {
        if (own.IsDead(queue))
            return await dead.BrowseAsync(queue, page.Skip, page.Limit, ct);
        RequireParked(queue);
        var rows = await ParkedRows.OrderBy(row => row.Sequence).Skip(page.Skip).Take(page.Limit).ToListAsync(ct);
        return (await ParkedRows.LongCountAsync(ct), rows.ConvertAll(Describe));
    }

    /// <returns>The ids that were found.</returns>
    public async Task<List<string>> TakeAsync(
        string queue, IReadOnlySet<string>? chosen, bool redrive, CurrentUser admin, CancellationToken ct)
    {
        if (!own.IsDead(queue))
            RequireParked(queue);
        // Before anything moves: whoever is killed in between has left a trace.
        db.RecordAction(
            admin, redrive ? "messages.redriven" : "messages.discarded", "queue", null, clock.GetUtcNow(), ("queue", queue),
            ("messages", chosen is null ? "all" : string.Join(' ', chosen.Order())));
        await db.SaveChangesAsync(ct);
        var taken = own.IsDead(queue) ? await dead.TakeAsync(queue, chosen, redrive, ct) : await TakeParkedAsync(chosen, redrive, ct);
        logger.LogWarning(
            "{Admin} {Action} {Count} messages of {Queue}: {Messages}",
            admin.Id, redrive ? "sent again" : "discarded", taken.Count, queue, taken);
        return taken;
    }

    private IQueryable<OutboxMessage> ParkedRows => db.Set<OutboxMessage>().AsNoTracking().Where(row => row.ParkedAt != null);

    private void RequireParked(string queue)
    {
        if (queue != own.Parked)
            throw new RuleViolatedException("NOT_FOUND");
    }

    private async Task<List<string>> TakeParkedAsync(IReadOnlySet<string>? chosen, bool redrive, CancellationToken ct)
    {
        var named = chosen?.Select(id => Guid.TryParse(id, out var parsed) ? parsed : Guid.Empty).ToList();
        var ids = await ParkedRows.Where(row => named == null || named.Contains(row.Id)).Select(row => row.Id).ToListAsync(ct);
        var mine = db.Set<OutboxMessage>().Where(row => row.ParkedAt != null && ids.Contains(row.Id));
        if (redrive)
            await mine.ExecuteUpdateAsync(
                row => row.SetProperty(r => r.ParkedAt, (DateTimeOffset?)null)
                    .SetProperty(r => r.DeliverAt, (DateTimeOffset?)null)
                    .SetProperty(r => r.Attempts, 0), ct);
        else
            await mine.ExecuteDeleteAsync(ct);
        signal.Wake();
        return ids.ConvertAll(id => id.ToString());
    }

    private static StuckMessage Describe(OutboxMessage row) => new(
        row.Id.ToString(), row.Type.Split('.')[^1], row.ParkedAt?.ToString("O"), row.LastError ?? "unknown", row.Attempts,
        StuckMessage.WithoutPersonalData(JsonNode.Parse(row.Body)));
}
