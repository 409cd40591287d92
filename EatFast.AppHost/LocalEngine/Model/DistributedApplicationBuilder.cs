using System.Globalization;
using EatFast.LocalEngine;
using EatFast.LocalEngine.Running;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Collects the model that AppHost.cs describes; nothing is started or read from disk before Build().Run().</summary>
internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    public DistributedApplicationBuilder(string[] args, string? stateDirectory = null)
    {
        Options = EngineOptions.Parse(args, stateDirectory);
        Configuration.AddEnvironmentVariables().AddCommandLine(Options.ConfigurationArguments);
        RefusePortsThatAreNone();
        ExecutionContext = new DistributedApplicationExecutionContext(
            Options.ManifestPath is null ? DistributedApplicationOperation.Run : DistributedApplicationOperation.Publish);
        Secrets = new Secrets(Path.Combine(Options.StateDirectory, "secrets.json"));
    }

    public ConfigurationManager Configuration { get; } = new();
    public DistributedApplicationExecutionContext ExecutionContext { get; }
    public IResourceCollection Resources { get; } = new ResourceCollection();
    internal EngineOptions Options { get; }
    internal Secrets Secrets { get; }

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        Resources.Add(resource);
        return new ResourceBuilder<T>(this, resource);
    }

    public DistributedApplication Build() => new(this);

    private void RefusePortsThatAreNone()
    {
        foreach (var key in new[] { "Gateway:Port", "Simulator:Port" })
        {
            if (Configuration[key] is { } text && !ushort.TryParse(text, CultureInfo.InvariantCulture, out _))
                throw new EngineException($"{key} is '{text}', which is not a port: give a number from 0 (any free port) to 65535.");
        }
    }
}
