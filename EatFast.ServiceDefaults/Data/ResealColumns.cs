using System.Diagnostics.CodeAnalysis;
using EatFast.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace EatFast.Data;

/// <summary>Values that are each sealed with the master key itself, for the place that their row's id makes.</summary>
public sealed record SealedColumn(string Table, string Column, FieldCipher Cipher, Func<Guid, string> PlaceOf);

public static class SealedColumns
{
    /// <summary>Keeps the values of a column sealed with the current key.</summary>
    public static void AddSealedColumn<TDb>(
        this WebApplicationBuilder builder, string table, string column, string purpose, Func<Guid, string> placeOf) where TDb : DbContext
    {
        var sealedColumn = new SealedColumn(table, column, FieldCipher.From(builder.Configuration, purpose), placeOf);
        builder.Services.AddSingleton(sealedColumn);
        builder.Services.AddScoped<IResealProgress>(services => new ColumnProgress<TDb>(services.GetRequiredService<TDb>(), sealedColumn));
        if (builder.Services.Any(service => service.ServiceType == typeof(LastLook<SealedColumn>)))
            return;
        builder.Services.TryAddSingleton<LastLook<SealedColumn>>();
        builder.AddPeriodicWork<ResealColumns<TDb>>(TimeSpan.FromSeconds(10));
    }
}

/// <summary>How much of one column is sealed with the current key.</summary>
internal sealed class ColumnProgress<TDb>(TDb db, SealedColumn column) : IResealProgress where TDb : DbContext
{
    public async Task<ResealProgress> ReadAsync(CancellationToken ct)
    {
        var total = await CountAsync("%", ct);
        var done = await CountAsync($"{column.Cipher.CurrentPrefix}%", ct);
        return new(column.Table, column.Cipher.CurrentKeyId, total, total - done);
    }

    [SuppressMessage("Security", "EF1002", Justification = "Table and column are names from the service's own code.")]
    private Task<long> CountAsync(string like, CancellationToken ct) => db.Database.SqlQueryRaw<long>(
        $"SELECT count(*) AS \"Value\" FROM {column.Table} WHERE {column.Column} <> '' AND {column.Column} LIKE {{0}}", like).SingleAsync(ct);
}

/// <summary>After a change of the master key: seals each value anew, unless somebody else has changed it meanwhile.</summary>
public sealed class ResealColumns<TDb>(
    TDb db, IEnumerable<SealedColumn> columns, LastLook<SealedColumn> last, TimeProvider clock, ILogger<ResealColumns<TDb>> logger)
    : IPeriodicWork where TDb : DbContext
{
    private const int Batch = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private sealed record Value(Guid Id, string Sealed);

    public async Task RunAsync(CancellationToken ct)
    {
        if (clock.GetUtcNow() - last.FoundNothingAt < Pause)
            return;
        foreach (var column in columns)
            while (await BatchAsync(column, ct) is var rows and > 0)
                logger.LogInformation("Sealed {Rows} values of {Table} anew with {Key}", rows, column.Table, column.Cipher.CurrentKeyId);
        last.FoundNothingAt = clock.GetUtcNow();
    }

    [SuppressMessage("Security", "EF1002", Justification = "Table and column are names from the service's own code.")]
    private async Task<int> BatchAsync(SealedColumn column, CancellationToken ct)
    {
        var values = await db.Database.SqlQueryRaw<Value>(
            $$"""
            SELECT id, {{column.Column}} AS sealed FROM {{column.Table}}
            WHERE {{column.Column}} <> '' AND {{column.Column}} NOT LIKE {0} LIMIT {1}
            """,
            $"{column.Cipher.CurrentPrefix}%",
            Batch).ToListAsync(ct);
        foreach (var value in values)
        {
            var anew = column.Cipher.Seal(column.Cipher.Open(value.Sealed, column.PlaceOf(value.Id)), column.PlaceOf(value.Id));
            await db.Database.ExecuteSqlRawAsync(
                $"UPDATE {column.Table} SET {column.Column} = {{0}} WHERE id = {{1}} AND {column.Column} = {{2}}",
                [anew, value.Id, value.Sealed],
                ct);
        }
        return values.Count;
    }
}
