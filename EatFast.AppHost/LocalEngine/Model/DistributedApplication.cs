using EatFast.LocalEngine;
using EatFast.LocalEngine.Publishing;
using EatFast.LocalEngine.Running;

namespace Aspire.Hosting;

/// <summary>The described system, ready to be run or published; a refusal is one sentence on the error output and an exit code,
/// never a stack trace.</summary>
public sealed class DistributedApplication
{
    private readonly DistributedApplicationBuilder builder;

    internal DistributedApplication(DistributedApplicationBuilder builder) => this.builder = builder;

    public static IDistributedApplicationBuilder CreateBuilder(string[] args)
    {
        try
        {
            return new DistributedApplicationBuilder(args);
        }
        catch (EngineException refusal)
        {
            Console.Error.WriteLine(refusal.Message);
            Environment.Exit(refusal.ExitCode);
            throw;
        }
    }

    public void Run() => RunAsync().GetAwaiter().GetResult();

    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await (builder.Options switch
            {
                { ManifestPath: { } path } => Manifest.WriteAsync(builder, path, cancellationToken),
                { ConnectionsFile: { } file } => InfrastructureRun.RunAsync(builder.Options.StateDirectory, file, cancellationToken),
                _ => ForegroundRun.RunAsync(builder, cancellationToken),
            });
        }
        catch (EngineException refusal)
        {
            Console.Error.WriteLine(refusal.Message);
            Environment.ExitCode = refusal.ExitCode;
        }
    }
}
