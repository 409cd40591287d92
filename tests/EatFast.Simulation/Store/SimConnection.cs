using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using EatFast.Simulation.Services;

namespace EatFast.Simulation.Store;

/// <summary>The connection of one scope in one life of a process; everything that goes through it may be the last thing that process does.</summary>
internal sealed class SimConnection(Life life) : DbConnection
{
    public Life Life => life;

    public Database Database_ => life.Service.Database;

    public SimTransaction? Transaction { get; set; }

    /// <summary>How many writes of this scope are in the store for good.</summary>
    public int Commits { get; set; }

    [AllowNull]
    public override string ConnectionString { get; set; } = "";
    public override string Database => "main";
    public override string DataSource => life.Service.Name;
    public override string ServerVersion => "3";
    public override ConnectionState State => ConnectionState.Open;

    public override void Open()
    {
    }

    public override void Close()
    {
    }

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    protected override DbCommand CreateDbCommand() => new SimCommand(this);

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        throw new NotSupportedException("Services begin transactions asynchronously.");

    protected override async ValueTask<DbTransaction> BeginDbTransactionAsync(IsolationLevel isolationLevel, CancellationToken cancellationToken)
    {
        await life.BoundaryAsync("begin");
        life.RequireStore();
        var transaction = new SimTransaction(this);
        await Database_.EnterAsync(life, null);
        Database_.Begin(transaction);
        return Transaction = transaction;
    }
}

/// <summary>A transaction, alone in its store; what it wrote counts once the commit is through, even if nobody hears of it.</summary>
internal sealed class SimTransaction(SimConnection connection) : DbTransaction
{
    public int Writes { get; set; }

    public bool TouchesOutbox { get; set; }

    public Life Life => connection.Life;

    public override IsolationLevel IsolationLevel => IsolationLevel.ReadCommitted;

    protected override DbConnection DbConnection => connection;

    public override void Commit() => throw new NotSupportedException("Services commit asynchronously.");

    public override async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        await connection.Life.BoundaryAsync("commit");
        connection.Life.RequireStore();
        connection.Database_.End(this, commits: true);
        connection.Transaction = null;
        connection.Commits += Writes;
        if (Writes > 0)
            connection.Life.Service.Committed(TouchesOutbox);
        connection.Life.RequireStore("after the commit");
    }

    public override Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        Rollback();
        return Task.CompletedTask;
    }

    public override void Rollback()
    {
        connection.Database_.End(this, commits: false);
        connection.Transaction = null;
    }

    protected override void Dispose(bool disposing)
    {
        if (connection.Transaction == this)
            Rollback();
        base.Dispose(disposing);
    }
}
