using Microsoft.Extensions.Logging;

namespace EatFast.Simulation.Services;

/// <summary>Warnings and errors of a service become lines of the trace, without the random parts of their text.</summary>
internal sealed class TracedLogs(Life life) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        var template = (state as IEnumerable<KeyValuePair<string, object?>>)?.LastOrDefault(part => part.Key == "{OriginalFormat}").Value;
        life.World.Trace.Add($"{life.Name} logs {logLevel}: {template}");
        if (logLevel == LogLevel.Error)
            life.World.City.Noticed($"{template}");
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
