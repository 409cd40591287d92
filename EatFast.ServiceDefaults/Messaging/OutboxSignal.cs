using System.Threading.Channels;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EatFast.Messaging;

/// <summary>Wakes this process's relay right after a commit; a poll each second finds what a lost wake-up or another process left.</summary>
internal sealed class OutboxSignal(TimeProvider clock) : SaveChangesInterceptor
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private readonly Channel<bool> _staged = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public async Task WaitAsync(CancellationToken ct)
    {
        using var poll = new CancellationTokenSource(Poll, clock);
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

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context?.ChangeTracker.Entries<OutboxMessage>().Any() == true)
            Wake();
        return ValueTask.FromResult(result);
    }
}
