using System.Text.Json;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace EatFast.Errors;

/// <summary>Carries refusals over gRPC in a trailer, so that the caller refuses with the very same code and sentence.</summary>
internal sealed class GrpcServerErrors(RefusalTable table, ILogger<GrpcServerErrors> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (RuleViolatedException refused)
        {
            throw refused.ToRpcException(table);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            logger.LogError(exception, "{Method} failed", context.Method);
            var status = HttpErrors.IsOutage(exception) ? StatusCode.Unavailable : StatusCode.Internal;
            throw new RpcException(new Status(status, "The call failed."));
        }
    }
}

/// <summary>Gives every outgoing gRPC call a deadline and turns a carried refusal back into the exception it was.</summary>
internal sealed class GrpcClientErrors(TimeProvider clock) : Interceptor
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var options = context.Options.Deadline is null
            ? context.Options.WithDeadline((clock.GetUtcNow() + Deadline).UtcDateTime)
            : context.Options;
        var call = continuation(request, new(context.Method, context.Host, options));
        return new(Translate(call.ResponseAsync), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    private static async Task<TResponse> Translate<TResponse>(Task<TResponse> response)
    {
        try
        {
            return await response;
        }
        catch (RpcException rpc) when (rpc.ToRefusal() is { } refused)
        {
            throw refused;
        }
    }
}

internal static class GrpcRefusals
{
    private const string Trailer = "refusal-bin";

    private sealed record Carried(string Code, Refusal Refusal, Dictionary<string, string> Details);

    public static RpcException ToRpcException(this RuleViolatedException refused, RefusalTable table)
    {
        var refusal = table.Of(refused);
        var details = refused.Details.ToDictionary(detail => detail.Name, detail => $"{detail.Value}");
        var trailers = new Metadata { { Trailer, JsonSerializer.SerializeToUtf8Bytes(new Carried(refused.Code, refusal, details)) } };
        var status = refusal.Status == 404 ? StatusCode.NotFound : StatusCode.FailedPrecondition;
        return new RpcException(new Status(status, refused.Code), trailers);
    }

    public static RuleViolatedException? ToRefusal(this RpcException rpc)
    {
        if (rpc.Trailers.GetValueBytes(Trailer) is not { } bytes)
            return null;
        var carried = JsonSerializer.Deserialize<Carried>(bytes)!;
        var details = carried.Details.Select(detail => (detail.Key, (object)detail.Value)).ToArray();
        return new RuleViolatedException(carried.Code, details) { Refusal = carried.Refusal };
    }
}
