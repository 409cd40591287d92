using System.Reflection;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Routing;

namespace EatFast.Simulation.Services;

/// <summary>The service's HTTP routes by method and pattern, and its gRPC methods by full name.</summary>
internal sealed class Routes
{
    private readonly Dictionary<string, RouteEndpoint> _http = [];
    private readonly Dictionary<string, (Type Service, MethodInfo Method)> _grpc = [];

    public Routes(IEnumerable<RouteEndpoint> endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            if (endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is { } grpc)
            {
                _grpc[grpc.Method.FullName] = (grpc.ServiceType, grpc.ServiceType.GetMethod(grpc.Method.Name)!);
                continue;
            }
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
                _http[$"{method} {endpoint.RoutePattern.RawText?.TrimEnd('/')}"] = endpoint;
        }
    }

    public RouteEndpoint Http(string method, string pattern) => _http.TryGetValue($"{method} {pattern}", out var endpoint)
        ? endpoint
        : throw new InvalidOperationException($"No route {method} {pattern}; there are {string.Join(", ", _http.Keys)}");

    public bool Answers(string fullName) => _grpc.ContainsKey(fullName);

    public (Type Service, MethodInfo Method) Grpc(string fullName) => _grpc[fullName];
}
