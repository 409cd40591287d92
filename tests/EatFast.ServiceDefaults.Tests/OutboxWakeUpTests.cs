using EatFast.Messaging;
using EatFast.Probe;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EatFast.ServiceDefaultsTests;

/// <summary>The signal's time stands still here, so that its poll cannot be what wakes a relay.</summary>
public sealed class OutboxWakeUpTests(ProbeSystem system)
{
    [Fact]
    public async Task Rule_4_a_save_wakes_the_relay_of_its_process()
    {
        var signal = new OutboxSignal(new StandingClock());
        await using var db = Open(signal);

        await AnnounceAsync(db);

        await signal.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Rule_4_a_save_within_a_longer_transaction_wakes_it_at_the_commit_and_not_before()
    {
        var signal = new OutboxSignal(new StandingClock());
        await using var db = Open(signal);
        await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await AnnounceAsync(db);
        var woken = signal.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(woken.IsCompleted);

        await transaction.CommitAsync(TestContext.Current.CancellationToken);

        await woken;
    }

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

    private NotesDbContext Open(OutboxSignal signal)
    {
        var connection = system.Probe.Services.GetRequiredService<IConfiguration>().GetConnectionString("eatfast");
        var options = new DbContextOptionsBuilder<NotesDbContext>().UseNpgsql(connection);
        return new NotesDbContext(options.UseSnakeCaseNamingConvention().AddInterceptors(signal).Options);
    }

    private async Task AnnounceAsync(NotesDbContext db)
    {
        var about = Guid.NewGuid();
        db.Announce(new NoteTaken(about, 1), about, system.Clock.GetUtcNow());
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
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
