using System.Collections.Concurrent;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EatFast.Journeys.Otlp;

/// <summary>A span as it arrived over the wire: which process sent it, and where it hangs.</summary>
public sealed record ReceivedSpan(string Service, string Scope, string Name, string TraceId);

/// <summary>A real OTLP endpoint over gRPC that remembers the spans it is sent.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentBag<ReceivedSpan> _spans = [];
    private readonly ConcurrentBag<string> _texts = [];

    private OtlpReceiver(WebApplication app) => _app = app;

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public IEnumerable<ReceivedSpan> Spans => _spans;

    /// <summary>All that was sent, with every attribute and event, to be searched in.</summary>
    public IEnumerable<string> Texts => _texts;

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<Collector>();
        var app = builder.Build();
        app.MapGrpcService<Collector>();
        var receiver = new OtlpReceiver(app);
        app.Services.GetRequiredService<Collector>().Receiver = receiver;
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed class Collector : TraceService.TraceServiceBase
    {
        public OtlpReceiver Receiver { get; set; } = null!;

        public override Task<ExportTraceServiceResponse> Export(ExportTraceServiceRequest request, ServerCallContext context)
        {
            Receiver._texts.Add(Encoding.UTF8.GetString(request.ToByteArray()));
            foreach (var resource in request.ResourceSpans)
            {
                var service = resource.Resource.Attributes.FirstOrDefault(attribute => attribute.Key == "service.name")?.Value.StringValue ?? "";
                foreach (var scope in resource.ScopeSpans)
                    foreach (var span in scope.Spans)
                        Receiver._spans.Add(new(service, scope.Scope?.Name ?? "", span.Name, Convert.ToHexStringLower(span.TraceId.Span)));
            }
            return Task.FromResult(new ExportTraceServiceResponse());
        }
    }
}
