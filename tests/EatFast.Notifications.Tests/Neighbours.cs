using System.Collections.Concurrent;
using EatFast.Identity.Contracts.V1;
using EatFast.Ordering.Contracts.V1;
using EatFast.Testing;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Notifications.Tests;

internal sealed class ScriptedIdentity : EatFast.Identity.Contracts.V1.Identity.IdentityBase
{
    public ConcurrentDictionary<string, GetContactReply> Contacts { get; } = new();

    public override Task<GetContactReply> GetContact(GetContactRequest request, ServerCallContext context) =>
        Contacts.TryGetValue(request.UserId, out var contact)
            ? Task.FromResult(contact)
            : throw new RpcException(new Status(StatusCode.NotFound, "USER_NOT_FOUND"));
}

internal sealed class ScriptedOrdering : EatFast.Ordering.Contracts.V1.Ordering.OrderingBase
{
    public ConcurrentDictionary<string, Order> Orders { get; } = new();

    public override Task<Order> GetOrder(GetOrderRequest request, ServerCallContext context) =>
        Orders.TryGetValue(request.OrderId, out var order)
            ? Task.FromResult(order)
            : throw new RpcException(new Status(StatusCode.NotFound, "ORDER_NOT_FOUND"));
}

/// <summary>Real gRPC servers at the border to the two services that Notifications asks.</summary>
internal static class Neighbours
{
    public static Task<HttpMessageHandler> HostIdentityAsync(ScriptedIdentity identity, TestTokens tokens)
    {
        var keys = new HttpMessageInvoker(tokens, disposeHandler: false);
        return HostAsync(identity, app => app.MapGet("/.well-known/jwks.json", async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("http://identity/.well-known/jwks.json"));
            using var answer = await keys.SendAsync(request, CancellationToken.None);
            return Results.Text(await answer.Content.ReadAsStringAsync(), "application/json");
        }));
    }

    public static Task<HttpMessageHandler> HostOrderingAsync(ScriptedOrdering ordering) => HostAsync(ordering, _ => { });

    private static async Task<HttpMessageHandler> HostAsync<TService>(TService service, Action<IEndpointRouteBuilder> map)
        where TService : class
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(service);
        var app = builder.Build();
        app.MapGrpcService<TService>();
        map(app);
        await app.StartAsync();
        return app.GetTestServer().CreateHandler();
    }
}
