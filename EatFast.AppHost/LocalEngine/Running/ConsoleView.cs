using System.Globalization;

namespace EatFast.LocalEngine.Running;

/// <summary>The developer's one view of the run: a line for each change of state, and a table when all is ready.</summary>
internal sealed class ConsoleView(TextWriter output, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly long began = time.GetTimestamp();

    public static ConsoleView Silent => new(TextWriter.Null, TimeProvider.System);

    public void Say(FormattableString line) => Say(line.ToString(CultureInfo.InvariantCulture));

    public void Say(string line)
    {
        lock (gate)
            output.WriteLine(line);
    }

    public void Changed(ResourceRun run, TimeSpan? took, string? detail)
    {
        var elapsed = time.GetElapsedTime(began).TotalSeconds;
        var notes = new[] { took is { } span ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s") : null, detail }
            .OfType<string>();
        var url = run.State == RunState.Healthy ? run.Runnable.Urls.FirstOrDefault() : null;
        Say($"{elapsed,6:0.0}s  {run.Name,-26}{run.State.ToString().ToLowerInvariant(),-11}{url,-27}{string.Join(", ", notes)}".TrimEnd());
    }

    public void Table(IReadOnlyList<ResourceRun> resources)
    {
        Say("");
        Say($"{"resource",-26}{"state",-11}{"restarts",8}{"MB PSS",8}  url");
        foreach (var run in resources)
        {
            var megabytes = run.ProcessId is null ? "" : (run.PssKilobytes() / 1024).ToString(CultureInfo.InvariantCulture);
            var state = run.State.ToString().ToLowerInvariant();
            Say($"{run.Name,-26}{state,-11}{run.Restarts,8}{megabytes,8}  {string.Join(' ', run.Runnable.Urls)}".TrimEnd());
        }

        var services = resources.Where(run => run.Runnable is RunnableProject && run.ProcessId is not null).ToList();
        var total = services.Sum(run => run.PssKilobytes()) + ProcessTable.PssKilobytes(Environment.ProcessId);
        Say("");
        Say($"memory: {total / 1024} MB PSS in {services.Count + 1} .NET processes");
    }

    public void Welcome(IReadOnlyList<ResourceRun> resources, TimeSpan took, StateDirectory state)
    {
        Say($"Ready in {took.TotalSeconds:0.0} s (from start).");
        if (PageOf(resources, "gateway") is { } gateway)
        {
            Say($"""

                EatFast            {gateway}
                API reference      {gateway}/scalar
                status             {gateway}/status
                """);
        }

        Say($"""
            provider simulator {PageOf(resources, "simulator") ?? "-"}
            RabbitMQ           {PageOf(resources, "rabbitmq") ?? "-"} (user and password: {state.EndpointsFile})
            demo accounts      admin@eatfast.local, owner@eatfast.local, driver@eatfast.local, driver2@eatfast.local, customer@eatfast.local
                               password EatFast-Demo-2026
            logs               {state.Logs}
            stop               Ctrl-C (or SIGTERM to process {Environment.ProcessId})
            """);
    }

    private static string? PageOf(IEnumerable<ResourceRun> resources, string name) =>
        resources.FirstOrDefault(run => run.Name == name)?.Runnable
            .Urls.FirstOrDefault(url => url.StartsWith("http", StringComparison.Ordinal));
}
