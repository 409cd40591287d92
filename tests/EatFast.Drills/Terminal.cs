using EatFast.Drills.Reporting;
using EatFast.Drills.Running;

namespace EatFast.Drills;

/// <summary>The drills on the screen: progress unless it is to be quiet, then the result of each.</summary>
internal sealed class Terminal(bool quiet)
{
    private readonly Lock _gate = new();
    private readonly long _began = TimeProvider.System.GetTimestamp();

    public void Say(string text)
    {
        if (!quiet)
            Write($"{TimeProvider.System.GetElapsedTime(_began).TotalSeconds,6:0.0}  {text}");
    }

    public void Tell(DrillResult result)
    {
        Write(Report.Line(result));
        if (!quiet || !result.Verdict.IsClean)
            foreach (var detail in Report.Details(result))
                Write(detail);
    }

    public void Summary(int drills, IReadOnlyCollection<string> failed, OutboxLag lag)
    {
        Write($"From writing an event to the broker's confirmation, undisturbed: {lag}.");
        var took = TimeProvider.System.GetElapsedTime(_began);
        Write(failed.Count == 0
            ? $"{drills} of {drills} drills passed in {took.TotalSeconds:0} s."
            : $"{failed.Count} of {drills} drills failed ({string.Join(", ", failed)}) in {took.TotalSeconds:0} s.");
        if (!quiet)
            Write("A SIGKILL does not lose the page cache, and one disk and one clock serve all: neither is tried here.");
    }

    public void Write(string line)
    {
        lock (_gate)
            Console.WriteLine(line);
    }
}
