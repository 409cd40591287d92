using System.Diagnostics.CodeAnalysis;
using EatFast.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace EatFast.Messaging;

/// <summary>
/// Deletes what is remembered only for a while: sent events, handled message ids, answers to idempotency keys. Small batches; replicas
/// skip each other's rows. Unique keys of the business itself stay for ever.
/// </summary>
internal sealed class Retention<TDb>(TDb db, TimeProvider clock, IConfiguration configuration) : IPeriodicWork where TDb : DbContext
{
    internal const int Batch = 5000;

    public async Task RunAsync(CancellationToken ct)
    {
        await DeleteAsync<OutboxMessage>("sent_at", PeriodOf("SentRetention", TimeSpan.FromDays(1)), ct);
        // Longer than anything may wait in a dead-letter queue before an operator sends it again.
        await DeleteAsync<InboxMessage>("received_at", PeriodOf("InboxRetention", TimeSpan.FromDays(14)), ct);
        await DeleteAsync<IdempotencyRecord>("created_at", PeriodOf("IdempotencyRetention", TimeSpan.FromDays(1)), ct);
    }

    private TimeSpan PeriodOf(string name, TimeSpan otherwise) => configuration.GetValue($"Messaging:{name}", otherwise);

    [SuppressMessage("Security", "EF1002", Justification = "Table and column are names from the model.")]
    private async Task DeleteAsync<TEntity>(string column, TimeSpan period, CancellationToken ct)
    {
        var table = db.Model.FindEntityType(typeof(TEntity))!.GetSchemaQualifiedTableName();
        var before = clock.GetUtcNow() - period;
        while (await db.Database.ExecuteSqlRawAsync(
            $$"""
            DELETE FROM {{table}} WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM {{table}} WHERE {{column}} < {0} ORDER BY {{column}} LIMIT {1} FOR UPDATE SKIP LOCKED))
            """,
            [before, Batch],
            ct) == Batch)
        {
            await Task.Yield();
        }
    }
}
