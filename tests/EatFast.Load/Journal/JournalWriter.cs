using System.Collections.Concurrent;
using System.Diagnostics;

namespace EatFast.Load.Journal;

/// <summary>Appends lines to the journal; all that wait at a time share one write and one fsync.</summary>
internal sealed class JournalWriter : IDisposable
{
    // Without a pause for others to join, a busy run would do hundreds of fsyncs a second beside the database's.
    private const int GatherForMs = 10;
    private readonly BlockingCollection<Line> _lines = [];
    private readonly FileStream _file;
    private readonly Thread _thread;

    private sealed record Line(JournalRecord Record, TaskCompletionSource? Written);

    public JournalWriter(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
        _thread = new Thread(WriteAll) { IsBackground = true, Name = "journal" };
        _thread.Start();
    }

    /// <summary>Returns when the line is on the disk.</summary>
    public Task WriteAsync(JournalRecord record)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _lines.Add(new(record, written));
        return written.Task;
    }

    /// <summary>The line is on the disk a few milliseconds later.</summary>
    public void Write(JournalRecord record) => _lines.Add(new(record, null));

    private void WriteAll()
    {
        var batch = new List<Line>();
        foreach (var first in _lines.GetConsumingEnumerable())
        {
            batch.Add(first);
            var waited = Stopwatch.StartNew();
            while (_lines.TryTake(out var next, Math.Max(0, GatherForMs - (int)waited.ElapsedMilliseconds)))
                batch.Add(next);
            Flush(batch);
            batch.Clear();
        }
    }

    private void Flush(List<Line> batch)
    {
        foreach (var line in batch)
            line.Record.WriteTo(_file);
        _file.Flush(flushToDisk: true);
        foreach (var line in batch)
            line.Written?.SetResult();
    }

    public void Dispose()
    {
        _lines.CompleteAdding();
        _thread.Join();
        _file.Dispose();
        _lines.Dispose();
    }
}
