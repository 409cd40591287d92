using System.Diagnostics.CodeAnalysis;
using EatFast.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace EatFast.Data;

/// <summary>How far one kind of row is under the current master key.</summary>
public sealed record ResealProgress(string Rows, string CurrentKey, long Total, long Remaining);

/// <summary>Somebody who can say how far the rows of one kind are.</summary>
public interface IResealProgress
{
    Task<ResealProgress> ReadAsync(CancellationToken ct);
}

public static class PersonalData
{
    /// <summary>Keeps rows of this kind sealed with the current key; what seals them in the first place is <see cref="PersonalRows"/>.</summary>
    public static void AddPersonalRows<TDb, TRow>(this WebApplicationBuilder builder) where TDb : DbContext where TRow : class, IPersonalRow
    {
        builder.Services.TryAddSingleton(_ => RowVault.From(builder.Configuration));
        builder.Services.AddSingleton<LastLook<TRow>>();
        builder.Services.AddScoped<IResealProgress, ResealRows<TDb, TRow>>();
        builder.AddPeriodicWork<ResealRows<TDb, TRow>>(TimeSpan.FromSeconds(10));
    }
}

/// <summary>When this process last found nothing to do; its key does not change while it runs.</summary>
public sealed class LastLook<TRow>
{
    public DateTimeOffset? FoundNothingAt { get; set; }
}

/// <summary>
/// Seals what still rests in the clear, and renews row keys after a change of the master key, in batches beside all other work. The old
/// key may be thrown away when nothing remains.
/// </summary>
public sealed class ResealRows<TDb, TRow>(
    TDb db, RowVault vault, LastLook<TRow> last, TimeProvider clock, ILogger<ResealRows<TDb, TRow>> logger)
    : IPeriodicWork, IResealProgress where TDb : DbContext where TRow : class, IPersonalRow
{
    private const int Batch = 500;
    // The look is a scan of the table, and only a process with another key could give it something to find.
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private string Table => db.Model.FindEntityType(typeof(TRow))!.GetSchemaQualifiedTableName()!;

    public async Task<ResealProgress> ReadAsync(CancellationToken ct)
    {
        var prefix = vault.CurrentPrefix;
        var total = await db.Set<TRow>().LongCountAsync(ct);
        var left = await db.Set<TRow>().LongCountAsync(
            row => EF.Property<string?>(row, nameof(IPersonalRow.DataKey)) == null
                || (EF.Property<string>(row, nameof(IPersonalRow.DataKey)) != RowVault.Shredded
                    && !EF.Property<string>(row, nameof(IPersonalRow.DataKey)).StartsWith(prefix)), ct);
        return new(Table, vault.CurrentKeyId, total, left);
    }

    public async Task RunAsync(CancellationToken ct)
    {
        if (clock.GetUtcNow() - last.FoundNothingAt < Pause)
            return;
        var done = 0;
        while (await RenewBatchAsync(ct) is var batch and > 0)
            logger.LogInformation("Renewed the keys of {Rows} rows of {Table} with {Key}", done += batch, Table, vault.CurrentKeyId);
        last.FoundNothingAt = clock.GetUtcNow();
    }

    [SuppressMessage("Security", "EF1002", Justification = "The table is a name from the model.")]
    private async Task<int> RenewBatchAsync(CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var ids = await db.Database.SqlQueryRaw<Guid>(
            $$"""
            SELECT id AS "Value" FROM {{Table}} WHERE data_key IS NULL OR (data_key <> '' AND data_key NOT LIKE {0})
            LIMIT {1} FOR UPDATE SKIP LOCKED
            """,
            $"{vault.CurrentPrefix}%",
            Batch).ToListAsync(ct);
        var rows = await db.Set<TRow>().Where(row => ids.Contains(EF.Property<Guid>(row, "Id"))).ToListAsync(ct);
        rows.ForEach(row => row.Renew(vault));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
        return rows.Count;
    }
}
