using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace EatFast;

/// <summary>Traces, metrics and logs; sent over OTLP when an endpoint is configured, metrics always at /metrics for Prometheus.</summary>
public static class Telemetry
{
    /// <summary>Our own spans: the outbox relay and background work.</summary>
    public const string Source = "EatFast";

    /// <summary>Without a place to send them, traces and log records are not even made.</summary>
    internal static bool IsExported(this IConfiguration configuration) =>
        !string.IsNullOrWhiteSpace(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);

    /// <summary>What the platform says at every request is not news; any other source of configuration overrides it.</summary>
    internal static void AddLogLevels(this ConfigurationManager configuration) => configuration.Sources.Insert(0, new MemoryConfigurationSource
    {
        InitialData = new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Information",
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
            ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
            ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning"
        }
    });

    internal static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation()
            .AddRuntimeInstrumentation()
            .AddMeter("MassTransit", Source)
            .AddPrometheusExporter());
        if (!builder.Configuration.IsExported())
            return;
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        telemetry
            .WithTracing(tracing => tracing
                .AddSource(Source, "MassTransit")
                .AddAspNetCoreInstrumentation(web => web.Filter = http => !IsProbe(http.Request.Path))
                .AddHttpClientInstrumentation()
                .AddGrpcClientInstrumentation())
            .UseOtlpExporter();
    }

    private static bool IsProbe(string? path) => path is "/health" or "/alive" or "/metrics";
}
