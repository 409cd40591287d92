using Microsoft.AspNetCore.Builder;
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

    internal static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter("MassTransit", Source)
                .AddPrometheusExporter())
            .WithTracing(tracing => tracing
                .AddSource(Source, "MassTransit")
                .AddAspNetCoreInstrumentation(web => web.Filter = http => !IsProbe(http.Request.Path))
                .AddHttpClientInstrumentation()
                .AddGrpcClientInstrumentation());
        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            telemetry.UseOtlpExporter();
    }

    private static bool IsProbe(string? path) => path is "/health" or "/alive" or "/metrics";
}
