using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
#if DRILLS
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using EatFast.Http;
using EatFast.Messaging;
#endif

namespace EatFast;

/// <summary>Where a drill may kill the process: a durable boundary. Calls exist only in a build with <c>-p:Drills=true</c>.</summary>
public static class Failpoint
{
    /// <summary>Dies here, without any clean-up, when the drill has armed this point for this service.</summary>
    [Conditional("DRILLS")]
    public static void Reach(string name)
    {
#if DRILLS
        if (Drill.Folder is not { } root)
            return;
        var folder = Path.Combine(root, "failpoints");
        var armed = Path.Combine(folder, $"{Drill.Service}.{name}");
        var taken = $"{armed}.{Environment.ProcessId}.{Guid.NewGuid():N}";
        if (!File.Exists(armed) || !Drill.TryMove(armed, taken))
            return;
        Drill.Append(Path.Combine(folder, "hits.log"), $"{TimeProvider.System.GetUtcNow():O} {Drill.Service} {name}\n");
        File.Delete(taken);
        using var self = Process.GetCurrentProcess();
        self.Kill();
        using var never = new ManualResetEventSlim();
        never.Wait();
#endif
    }

    /// <summary>The points before a save, by what the save holds.</summary>
    [Conditional("DRILLS")]
    internal static void BeforeSave(DbContext db)
    {
#if DRILLS
        if (db.ChangeTracker.Entries<IdempotencyRecord>().Any())
            Reach("http.before-commit");
        if (db.ChangeTracker.Entries<InboxMessage>().Any())
            Reach("inbox.before-save");
#endif
    }

    /// <summary>The point after the commit of a request with an idempotency record.</summary>
    [Conditional("DRILLS")]
    internal static void AfterCommit(DbContext db)
    {
#if DRILLS
        if (db.ChangeTracker.Entries<IdempotencyRecord>().Any())
            Reach("http.after-commit");
#endif
    }
}

/// <summary>A seeded defect that shows whether the drills see one; the answer is always no, except in a drill build.</summary>
public static class Defect
{
#if DRILLS
    private static readonly string? Seeded = Environment.GetEnvironmentVariable("EATFAST_DEFECT");

    public static bool Is(string name) => Seeded == name;
#else
    public static bool Is(string name) => false;
#endif
}

/// <summary>What a drill does to messages on their way: again, later, in another order.</summary>
internal static class MessageFaults
{
    /// <summary>Replaces the plan of a batch (runs of messages to publish one after the other) when the drill asks for faults.</summary>
    [Conditional("DRILLS")]
    public static void Inject<TMessage, TOutcome>(
        ref List<List<TMessage>> runs, ref Func<TMessage, CancellationToken, Task<TOutcome>> publish)
    {
#if DRILLS
        if (Drill.CurrentFaults() is not { } faults)
            return;
        var inner = publish;
        publish = async (message, ct) =>
        {
            await Task.Delay(Random.Shared.Next(faults.DelayMs + 1), ct);
            var outcome = await inner(message, ct);
            return Random.Shared.NextDouble() < faults.Duplicate ? await inner(message, ct) : outcome;
        };
        var windows = runs.SelectMany(run => run).Chunk(Math.Max(1, faults.Reorder)).ToList();
        windows.ForEach(Random.Shared.Shuffle);
        runs = windows.SelectMany(window => window).Select(message => new List<TMessage> { message }).ToList();
#endif
    }
}

/// <summary>What a drill build reads from its environment.</summary>
internal static class Drill
{
#if DRILLS
    private static readonly Lock Reading = new();
    private static long _readAt = -1;
    private static Faults? _faults;

    internal sealed record Faults(double Duplicate = 0, int DelayMs = 0, int Reorder = 1);

    public static string? Folder { get; } = Environment.GetEnvironmentVariable("EATFAST_DRILLS") is { Length: > 0 } folder ? folder : null;

    /// <summary>The service's name is the last word of its program: EatFast.Ordering is ordering.</summary>
    public static string Service { get; } = Assembly.GetEntryAssembly()!.GetName().Name!.Split('.')[^1].ToLowerInvariant();

    public static TimeProvider Clock { get; } =
        double.TryParse(Environment.GetEnvironmentVariable("EATFAST_CLOCK_OFFSET_SECONDS"), CultureInfo.InvariantCulture, out var seconds)
            ? new SkewedClock(TimeSpan.FromSeconds(seconds))
            : TimeProvider.System;

    public static Faults? CurrentFaults()
    {
        lock (Reading)
        {
            if (Folder is null || (_readAt >= 0 && Environment.TickCount64 - _readAt < 1000))
                return _faults;
            _readAt = Environment.TickCount64;
            var file = Path.Combine(Folder, "faults.json");
            return _faults = File.Exists(file)
                ? JsonSerializer.Deserialize<Faults>(File.ReadAllText(file), JsonSerializerOptions.Web)
                : null;
        }
    }

    // Only one of several that saw the file can rename it.
    public static bool TryMove(string from, string to)
    {
        try
        {
            File.Move(from, to);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    public static void Append(string file, string line)
    {
        using var log = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        log.Write(System.Text.Encoding.UTF8.GetBytes(line));
        log.Flush(flushToDisk: true);
    }

    private sealed class SkewedClock(TimeSpan offset) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
    }
#else
    public static TimeProvider Clock => TimeProvider.System;
#endif
}
