using EatFast.Errors;
using EatFast.Simulation.Core;
using EatFast.Simulation.Outside;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Simulation.Services;

/// <summary>gRPC from one service to another, with its deadline; the answer comes from the neighbour's own code and store.</summary>
internal sealed class NeighbourCalls(Life caller) : CallInvoker
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => new(
            CallAsync<TRequest, TResponse>(method.FullName, request),
            Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

    private async Task<TResponse> CallAsync<TRequest, TResponse>(string method, TRequest request)
        where TRequest : class where TResponse : class
    {
        await caller.BoundaryAsync($"asks {method}");
        if (Neighbours.Answer(caller.World, request) is TResponse known)
            return known;
        var asked = caller.World.Services.FirstOrDefault(service => service.Blueprint.Routes.Answers(method))?.Pick();
        if (asked is null || caller.World.Chance(caller.World.Faults.LostAnswer * 0.1))
            throw new RpcException(new Status(StatusCode.Unavailable, "The simulated neighbour is away."));
        object? answer = null;
        Exception? refusal = new RpcException(new Status(StatusCode.DeadlineExceeded, "The simulated neighbour is slow."));
        await caller.WaitAsync(resume =>
        {
            var deadline = caller.World.After(Deadline, resume);
            asked.Run(method, async (scope, _) => answer = await HandleAsync<TResponse>(scope, method, request), failure =>
            {
                deadline.Dispose();
                refusal = failure;
                resume();
            });
        });
        return answer as TResponse ?? throw Translate(refusal, asked);
    }

    private static Task<TResponse> HandleAsync<TResponse>(IServiceProvider scope, string method, object request)
    {
        var (type, handler) = World.Current.Services.Select(service => service.Blueprint.Routes)
            .First(routes => routes.Answers(method)).Grpc(method);
        var service = ActivatorUtilities.CreateInstance(scope, type);
        return (Task<TResponse>)handler.Invoke(service, [request, new Call(method)])!;
    }

    // What the services' two gRPC interceptors do between them.
    private static Exception Translate(Exception? failure, Life asked) => failure switch
    {
        RuleViolatedException refused => new RuleViolatedException(refused.Code, [.. refused.Details])
        {
            Refusal = asked.Provider.GetRequiredService<RefusalTable>().Of(refused)
        },
        RpcException rpc => rpc,
        ProcessDiedException => new RpcException(new Status(StatusCode.Unavailable, "The simulated neighbour died.")),
        _ => new RpcException(new Status(HttpErrors.IsOutage(failure) ? StatusCode.Unavailable : StatusCode.Internal, "The call failed."))
    };

    private sealed class Call(string method) : ServerCallContext
    {
        protected override string MethodCore => method;
        protected override string HostCore => "simulation";
        protected override string PeerCore => "simulation";
        protected override DateTime DeadlineCore => DateTime.MaxValue;
        protected override Metadata RequestHeadersCore => [];
        protected override CancellationToken CancellationTokenCore => CancellationToken.None;
        protected override Metadata ResponseTrailersCore => [];
        protected override Status StatusCore { get; set; }
        protected override WriteOptions? WriteOptionsCore { get; set; }
        protected override AuthContext AuthContextCore => new(null, []);

        protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
            throw new NotSupportedException();

        protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
    }
}
