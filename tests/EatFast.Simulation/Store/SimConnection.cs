using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using EatFast.Simulation.Services;

namespace EatFast.Simulation.Store;

/// <summary>The connection of one context, leased to one process; whatever goes through it may be the last thing the process does.</summary>
internal sealed class SimConnection : DbConnection
{
    public Life Life { get; set; } = null!;

    public Database Store => Life.Service.Database;

    public SimTransaction? Transaction { get; set; }

    [AllowNull]
    public override string ConnectionString { get; set; } = "";
    public override string Database => "main";
    public override string DataSource => Life.Service.Name;
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

    protected override async ValueTask<DbTransaction> BeginDbTransactionAsync(
        IsolationLevel isolationLevel, CancellationToken cancellationToken)
    {
        await Life.BoundaryAsync("begin");
        Life.RequireStore();
        var transaction = new SimTransaction(this);
        await Store.EnterAsync(Life, null);
        Store.Begin(transaction);
        return Transaction = transaction;
    }
}

/// <summary>A transaction, alone in its store; what it wrote counts once the commit is through, even if nobody hears of it.</summary>
internal sealed class SimTransaction(SimConnection connection) : DbTransaction
{
    // Of the process that began it: when it dies, the connection goes to another while this still unwinds.
    private readonly Life _life = connection.Life;

    public int Writes { get; set; }

    public bool TouchesOutbox { get; set; }

    public Life Life => _life;

    public override IsolationLevel IsolationLevel => IsolationLevel.ReadCommitted;

    protected override DbConnection DbConnection => connection;

    public override void Commit() => throw new NotSupportedException("Services commit asynchronously.");

    public override async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        await _life.BoundaryAsync("commit");
        _life.RequireStore();
        _life.Service.Database.End(this, commits: true);
        connection.Transaction = null;
        if (Writes > 0)
            _life.Service.Committed(TouchesOutbox);
        _life.RequireStore("after the commit");
    }

    public override Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        Rollback();
        return Task.CompletedTask;
    }

    public override void Rollback()
    {
        _life.Service.Database.End(this, commits: false);
        connection.Transaction = null;
    }

    protected override void Dispose(bool disposing)
    {
        if (connection.Transaction == this)
            Rollback();
        base.Dispose(disposing);
    }
}
