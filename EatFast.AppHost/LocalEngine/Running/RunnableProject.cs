using System.Collections;

namespace EatFast.LocalEngine.Running;

/// <summary>A service: its built assembly, started in its project's folder with the environment that Aspire would give it.</summary>
internal sealed class RunnableProject(ProjectResource project, DistributedApplicationBuilder builder, StateDirectory state, HttpClient http)
    : Runnable(project)
{
    private readonly HttpHealthCheckAnnotation? healthCheck = project.Annotations.OfType<HttpHealthCheckAnnotation>().FirstOrDefault();

    public override IEnumerable<string> Urls => project.GetEndpoints().Select(endpoint => endpoint.Url);

    private string AssemblyPath => project.Metadata.AssemblyPath;

    public override void Check()
    {
        if (!File.Exists(AssemblyPath))
            throw new EngineException(
                $"{project.Name} is not built: {AssemblyPath} is missing. Run 'dotnet build EatFast.sln' or './eatfast run'.");
    }

    public override async Task<Launch> PrepareAsync(CancellationToken ct) =>
        new(Programs.Dotnet, ["exec", AssemblyPath, .. project.CollectArguments()], Path.GetDirectoryName(project.Metadata.ProjectPath)!)
        {
            Environment = await EnvironmentAsync(ct),
        };

    public override async Task<string?> ProbeAsync(CancellationToken ct)
    {
        if (healthCheck is null)
            return null;

        var url = $"{healthCheck.Endpoint.Url}{healthCheck.Path}";
        try
        {
            using var response = await http.GetAsync(url, ct);
            return (int)response.StatusCode == healthCheck.StatusCode ? null : $"GET {url} answers {(int)response.StatusCode}";
        }
        catch (HttpRequestException)
        {
            return $"GET {url} is not answered";
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            return $"GET {url} is not answered in time";
        }
    }

    internal async Task<Dictionary<string, string>> EnvironmentAsync(CancellationToken ct)
    {
        var environment = new Dictionary<string, string>
        {
            ["EATFAST_STATE"] = state.Root,
            // Eight processes share a small machine; whoever measures peaks sets these in the shell.
            ["DOTNET_gcServer"] = "0",
            ["DOTNET_gcConcurrent"] = "0",
            ["DOTNET_TieredPGO"] = "0",
            // A cold service compiles thousands of methods; mapping each of them twice takes a fourteenth of that time.
            ["DOTNET_EnableWriteXorExecute"] = "0",
        };
        foreach (DictionaryEntry inherited in Environment.GetEnvironmentVariables())
        {
            if (environment.ContainsKey((string)inherited.Key) && (string)inherited.Key != "EATFAST_STATE")
                environment[(string)inherited.Key] = (string)inherited.Value!;
        }

        foreach (var (name, value) in project.CollectEnvironment(builder.ExecutionContext))
            environment[name] = value is IValueProvider provider ? await provider.GetValueAsync(ct) ?? "" : (string)value;
        AddTelemetry(environment);
        return environment;
    }

    /// <summary>Telemetry leaves the machine only when the AppHost itself is told where to.</summary>
    private void AddTelemetry(Dictionary<string, string> environment)
    {
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { Length: > 0 } endpoint)
            return;

        environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
        environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] ?? "grpc";
        if (builder.Configuration["OTEL_EXPORTER_OTLP_HEADERS"] is { Length: > 0 } headers)
            environment["OTEL_EXPORTER_OTLP_HEADERS"] = headers;
        environment["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
        environment["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
        environment["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
        environment["OTEL_TRACES_SAMPLER"] = "always_on";
        environment["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
    }
}
