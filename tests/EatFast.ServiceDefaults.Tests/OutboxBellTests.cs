using EatFast.Messaging;
using EatFast.Probe;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EatFast.ServiceDefaultsTests;

/// <summary>The signal's time stands still here, so that its poll cannot be what wakes a relay.</summary>
public sealed class OutboxBellTests(ProbeSystem system)
{
    [Fact]
    public async Task Rule_4_a_relay_with_a_backlog_wakes_those_of_other_processes()
    {
        var (called, calling) = (new OutboxSignal(new StandingClock()), new OutboxSignal(new StandingClock()));
        using var bell = await HungAsync(called);
        using var other = await HungAsync(calling);

        calling.CallOthers();

        await called.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Rule_4_a_lost_connection_is_made_again_and_what_was_missed_is_looked_for()
    {
        var called = new OutboxSignal(new StandingClock());
        using var bell = await HungAsync(called);
        await using var connection = await system.Probe.OpenOwnConnectionAsync();

        await connection.RunAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user AND query LIKE 'LISTEN %'");
        await called.WaitAsync(TestContext.Current.CancellationToken);

        await connection.RunAsync("NOTIFY \"probe.outbox_messages\"");
        await called.WaitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A bell that listens: the first wake-up says so.</summary>
    private async Task<OutboxBell<NotesDbContext>> HungAsync(OutboxSignal signal)
    {
        var services = system.Probe.Services;
        var bell = new OutboxBell<NotesDbContext>(
            services.GetRequiredService<OutboxTable<NotesDbContext>>(), signal, TimeProvider.System,
            services.GetRequiredService<IConfiguration>(), NullLogger<OutboxBell<NotesDbContext>>.Instance);
        await bell.StartAsync(TestContext.Current.CancellationToken);
        await signal.WaitAsync(TestContext.Current.CancellationToken);
        return bell;
    }

    private sealed class StandingClock : TimeProvider, ITimer
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => this;

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
