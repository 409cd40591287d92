namespace EatFast.LocalEngine.Running;

/// <summary>`--infrastructure-only`: the stores alone, until the input closes or a signal comes; `eatfast test` starts them once
/// for all test projects.</summary>
internal static class InfrastructureRun
{
    public static async Task RunAsync(string stateDirectory, string connectionsFile, CancellationToken cancellationToken)
    {
        using var signals = new StopSignals(cancellationToken);
        _ = Task.Run(() => StopAtEndOfInputAsync(signals), CancellationToken.None);
        try
        {
            await using var infrastructure = await Infrastructure.StartAsync(stateDirectory, signals.First);
            PrivateFile.Write(connectionsFile, infrastructure.EndpointsJson);
            Console.WriteLine($"Postgres, Redis and RabbitMQ are ready: {connectionsFile}");
            await Task.Delay(Timeout.Infinite, signals.First).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            File.Delete(connectionsFile);
        }
        catch (OperationCanceledException) when (signals.First.IsCancellationRequested)
        {
            Console.WriteLine("Stopped before the stores were ready.");
        }
    }

    private static async Task StopAtEndOfInputAsync(StopSignals signals)
    {
        await using var input = Console.OpenStandardInput();
        var buffer = new byte[256];
        while (await input.ReadAsync(buffer) > 0)
        {
        }

        signals.Stop();
    }
}
