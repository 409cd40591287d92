using System.Runtime.InteropServices;

namespace EatFast.LocalEngine.Running;

/// <summary>`eatfast run`: up until a signal; the first stops in order, the second at once.</summary>
internal static class ForegroundRun
{
    public static async Task RunAsync(DistributedApplicationBuilder builder, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var began = time.GetTimestamp();
        var view = new ConsoleView(Console.Out, time);
        using var signals = new StopSignals(cancellationToken);
        view.Say($"EatFast, local engine; state in {builder.Options.StateDirectory}");
        try
        {
            await using var engine = await Engine.StartAsync(builder, new EngineSettings(view), signals.First);
            using var second = signals.Second.Register(engine.Hurry);
            view.Table(engine.Resources);
            view.Welcome(engine.Resources, time.GetElapsedTime(began), engine.State);
            await engine.Failure.WaitAsync(signals.First);
        }
        catch (OperationCanceledException) when (signals.First.IsCancellationRequested)
        {
            view.Say("Stopped.");
        }
    }
}

/// <summary>Ctrl-C, SIGTERM and a closed terminal as cancellation: the first asks, the second insists.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource first;
    private readonly CancellationTokenSource second = new();
    private readonly List<PosixSignalRegistration> registrations;

    public StopSignals(CancellationToken cancellationToken)
    {
        first = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT }
            .Select(signal => PosixSignalRegistration.Create(signal, Receive))];
    }

    public CancellationToken First => first.Token;
    public CancellationToken Second => second.Token;

    public void Stop() => first.Cancel();

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        first.Dispose();
        second.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        context.Cancel = true;
        var source = first.IsCancellationRequested ? second : first;
        ThreadPool.QueueUserWorkItem(_ => source.Cancel());
    }
}
