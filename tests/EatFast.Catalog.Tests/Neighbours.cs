using System.Collections.Concurrent;
using EatFast.Errors;
using EatFast.Identity.Contracts.V1;
using EatFast.Ordering.Contracts.V1;
using EatFast.Testing;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Catalog.Tests;

/// <summary>Identity as a test needs it: it knows the owners it was told of.</summary>
internal sealed class ScriptedIdentity : EatFast.Identity.Contracts.V1.Identity.IdentityBase
{
    public ConcurrentDictionary<Guid, string> Roles { get; } = new();

    public ConcurrentDictionary<Guid, GetContactReply> People { get; } = new();

    public override Task<GetContactReply> GetContact(GetContactRequest request, ServerCallContext context) =>
        People.TryGetValue(Guid.Parse(request.UserId), out var contact)
            ? Task.FromResult(contact)
            : throw new RuleViolatedException("USER_NOT_FOUND") { Refusal = new(404, "Inconnu.", "Unknown.") };

    public override Task<GetUserReply> GetUser(GetUserRequest request, ServerCallContext context) =>
        Roles.TryGetValue(Guid.Parse(request.UserId), out var role)
            ? Task.FromResult(new GetUserReply { UserId = request.UserId, Role = role, Status = "active" })
            : throw new RuleViolatedException("USER_NOT_FOUND") { Refusal = new(404, "Inconnu.", "Unknown.") };
}

/// <summary>Ordering as a test needs it: it knows the orders it was told of.</summary>
internal sealed class ScriptedOrdering : EatFast.Ordering.Contracts.V1.Ordering.OrderingBase
{
    private readonly ConcurrentDictionary<Guid, Order> _orders = new();

    public void Add(Guid orderId, string status, Guid customerId, Guid restaurantId) => _orders[orderId] = new Order
    {
        OrderId = $"{orderId}",
        Status = status,
        CustomerId = $"{customerId}",
        RestaurantId = $"{restaurantId}"
    };

    public override Task<Order> GetOrder(GetOrderRequest request, ServerCallContext context) =>
        _orders.TryGetValue(Guid.Parse(request.OrderId), out var order)
            ? Task.FromResult(order)
            : throw new RuleViolatedException("ORDER_NOT_FOUND") { Refusal = new(404, "Inconnue.", "Unknown.") };
}

/// <summary>Real gRPC servers with the house's own error translation, reached through memory instead of a socket.</summary>
internal static class Neighbours
{
    public static async Task<HttpMessageHandler> HostAsync<TService>(TService service, TestTokens? keys = null) where TService : class
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.AddServiceDefaults(typeof(Neighbours).Assembly);
        builder.Services.AddSingleton(service);
        var app = builder.Build();
        app.MapGrpcService<TService>().AllowAnonymous();
        if (keys is not null)
            app.MapGet("/.well-known/jwks.json", () => ReadAsync(keys)).AllowAnonymous();
        await app.StartAsync();
        return app.GetTestServer().CreateHandler();
    }

    private static async Task<IResult> ReadAsync(TestTokens keys)
    {
        using var client = new HttpMessageInvoker(keys, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("http://identity/.well-known/jwks.json"));
        using var answer = await client.SendAsync(request, CancellationToken.None);
        return Results.Text(await answer.Content.ReadAsStringAsync(), "application/json");
    }
}
