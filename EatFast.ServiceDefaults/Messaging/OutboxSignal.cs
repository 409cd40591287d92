using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EatFast.Messaging;

/// <summary>Wakes this process's relay right after a commit; a poll each second finds what else was left.</summary>
internal sealed class OutboxSignal(TimeProvider clock) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    // Asking the change tracker instead would compare every entity once more.
    private static readonly ConditionalWeakTable<DbContext, StrongBox<int>> Staging = [];
    private readonly Channel<bool> _staged =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Stays empty but for the seeded defect that keeps events in memory alone.</summary>
    public ConcurrentQueue<OutboxMessage> Unstored { get; } = new();

    /// <summary>The next commit through this context holds something to publish; the number says how many came before it.</summary>
    public static int Expect(DbContext db) => Staging.GetOrCreateValue(db).Value++;

    /// <summary>Returns after a wake-up or the poll interval, whichever comes first.</summary>
    public async Task WaitAsync(CancellationToken ct)
    {
        using var poll = new CancellationTokenSource(Defect.Is("notify-without-poll") ? Timeout.InfiniteTimeSpan : Poll, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(poll.Token, ct);
        try
        {
            await _staged.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Nobody called within the poll interval: look anyway.
        }
    }

    public void Wake() => _staged.Writer.TryWrite(true);

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var db = eventData.Context!;
        Failpoint.BeforeSave(db);
        if (Defect.Is("publish-without-outbox"))
            TakeFromSave(db);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context!.Database.CurrentTransaction is null)
            NoteCommit(eventData.Context);
        return ValueTask.FromResult(result);
    }

    // Within a transaction of the caller's own, the save says nothing yet: the rows are visible only now.
    Task IDbTransactionInterceptor.TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken)
    {
        if (eventData.Context is { } db)
            NoteCommit(db);
        return Task.CompletedTask;
    }

    private void NoteCommit(DbContext db)
    {
        Failpoint.AfterCommit(db);
        if (Staging.Remove(db))
            Wake();
    }

    private void TakeFromSave(DbContext db)
    {
        foreach (var staged in db.ChangeTracker.Entries<OutboxMessage>().Where(entry => entry.State == EntityState.Added).ToList())
        {
            staged.State = EntityState.Detached;
            Unstored.Enqueue(staged.Entity);
        }
    }
}
