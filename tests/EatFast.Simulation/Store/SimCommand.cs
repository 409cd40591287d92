using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace EatFast.Simulation.Store;

/// <summary>A statement of a service: before it runs others get their turn, the process may die, or the store may not answer.</summary>
internal sealed class SimCommand(SimConnection connection) : DbCommand
{
    private readonly SqliteCommand _parameters = new();

    [AllowNull]
    public override string CommandText { get; set; } = "";
    public override int CommandTimeout { get; set; }
    public override CommandType CommandType { get; set; } = CommandType.Text;
    public override bool DesignTimeVisible { get; set; }
    public override UpdateRowSource UpdatedRowSource { get; set; }
    protected override DbConnection? DbConnection { get; set; } = connection;
    protected override DbParameterCollection DbParameterCollection => _parameters.Parameters;
    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel()
    {
    }

    public override void Prepare()
    {
    }

    public override int ExecuteNonQuery() => throw new NotSupportedException($"Services ask asynchronously: {CommandText}");

    public override object? ExecuteScalar() => throw new NotSupportedException($"Services ask asynchronously: {CommandText}");

    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) => (await RunAsync()).RecordsAffected;

    public override async Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) =>
        (await RunAsync()).Sets is [{ Rows: [var row, ..] }, ..] ? row[0] : null;

    protected override DbParameter CreateDbParameter() => new SqliteParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
        throw new NotSupportedException($"Services ask asynchronously: {CommandText}");

    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        new SimReader(await RunAsync());

    protected override void Dispose(bool disposing)
    {
        _parameters.Dispose();
        base.Dispose(disposing);
    }

    private async Task<SimResult> RunAsync()
    {
        var statement = Dialect.Of(CommandText);
        await connection.Life.BoundaryAsync(statement.Label);
        connection.Life.RequireStore();
        await connection.Store.EnterAsync(connection.Life, connection.Transaction);
        var result = connection.Store.Run(statement.Text, [.. _parameters.Parameters.Cast<SqliteParameter>()]);
        if (statement.IsWrite && result.RecordsAffected > 0)
            Count(statement);
        return result;
    }

    private void Count(Statement statement)
    {
        if (connection.Transaction is { } transaction)
        {
            transaction.Writes++;
            transaction.TouchesOutbox |= statement.IsOutboxInsert;
            return;
        }
        connection.Life.Service.Committed(statement.IsOutboxInsert);
    }
}
