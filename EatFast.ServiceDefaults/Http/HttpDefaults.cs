using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EatFast.Errors;
using EatFast.Security;
using Grpc.Net.ClientFactory;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Http;

/// <summary>Ports, limits, strict JSON, and the HTTP and gRPC clients that find their target by service name.</summary>
public static class HttpDefaults
{
    /// <summary>Far above any body of the contract; uploads raise it on their own route.</summary>
    private const int MaxBodyBytes = 64 * 1024;

    public static void AddHttpDefaults(this WebApplicationBuilder builder)
    {
        // Plain-text HTTP/1.1 and HTTP/2 cannot share a port, so gRPC has one of its own.
        var grpcPort = builder.Configuration.GetValue<int?>("GRPC_PORT");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols =
                endpoint.EndPoint is IPEndPoint { Port: var port } && port == grpcPort ? HttpProtocols.Http2 : HttpProtocols.Http1);
        });
        builder.Services.ConfigureHttpJsonOptions(options => UseStrictJson(options.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());
        builder.Services.AddGrpc(options =>
        {
            options.Interceptors.Add<GrpcServerErrors>();
            options.MaxReceiveMessageSize = 1024 * 1024;
        });
        builder.Services.AddSingleton<GrpcClientErrors>();
    }

    /// <summary>Unknown, duplicate, null or wrongly typed members are refused; numbers are numbers.</summary>
    public static void UseStrictJson(JsonSerializerOptions options)
    {
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.MaxDepth = 32;
        options.Converters.Add(new StorableText());
        // Answers are JSON with nosniff, never embedded in a page, so names and phone numbers can stay readable.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }

    /// <summary>A typed gRPC client for a neighbour, addressed by service discovery; calls carry a deadline of 2 s.</summary>
    public static IHttpClientBuilder AddNeighbour<TClient>(this WebApplicationBuilder builder, string service) where TClient : class =>
        builder.Services
            .AddGrpcClient<TClient>(options => options.Address = new Uri($"http://_grpc.{service}"))
            .AddInterceptor<GrpcClientErrors>(InterceptorScope.Client)
            .AddInternalKey();

    /// <summary>A NUL in a query would only fail in the database.</summary>
    internal static void UseStorableQuery(this IApplicationBuilder app) => app.Use((http, next) =>
        http.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true
            ? throw new Microsoft.AspNetCore.Http.BadHttpRequestException("The query string holds a NUL character.")
            : next(http));

    /// <summary>
    /// After a refusal the server reads the rest of a body to keep the connection, and cuts it where that is more than it takes: a client
    /// that was not told would send its next request into the void.
    /// </summary>
    internal static void UseCloseAfterLongBody(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (HttpProtocol.IsHttp11(http.Request.Protocol))
            http.Response.OnStarting(() =>
            {
                var most = http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
                var isRefusedInPieces = http.Request.Headers.TransferEncoding.Count > 0 && http.Response.StatusCode >= StatusCodes.Status400BadRequest;
                if (http.Request.ContentLength > most || isRefusedInPieces)
                    http.Response.Headers.Connection = "close";
                return Task.CompletedTask;
            });
        return next(http);
    });

    /// <summary>Echoes X-Request-Id or makes one; every answer and every log line of the request carries it.</summary>
    internal static void UseRequestId(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var given = http.Request.Headers["X-Request-Id"].ToString();
        if (given.Length is > 0 and <= 64 && given.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
            http.TraceIdentifier = given;
        else
            http.TraceIdentifier = Guid.NewGuid().ToString("N");
        http.Request.Headers["X-Request-Id"] = http.TraceIdentifier;
        http.Response.OnStarting(() =>
        {
            http.Response.Headers["X-Request-Id"] = http.TraceIdentifier;
            return Task.CompletedTask;
        });
        return next(http);
    });
}
