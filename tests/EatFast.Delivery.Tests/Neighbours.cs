using System.Collections.Concurrent;
using EatFast.Identity.Contracts.V1;
using EatFast.Ordering.Contracts.V1;
using EatFast.Payments.Contracts.V1;
using EatFast.Testing;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using IdentityBase = EatFast.Identity.Contracts.V1.Identity.IdentityBase;
using OrderingBase = EatFast.Ordering.Contracts.V1.Ordering.OrderingBase;
using PaymentsBase = EatFast.Payments.Contracts.V1.Payments.PaymentsBase;

namespace EatFast.Delivery.Tests;

/// <summary>Identity, Ordering and Payments as Delivery sees them: real gRPC servers with the answers that a test sets up.</summary>
public sealed class Neighbours
{
    internal ConcurrentDictionary<string, string> AccountStatuses { get; } = new();

    /// <summary>Drivers who hold as much of our cash as is allowed.</summary>
    internal ConcurrentDictionary<string, bool> AtCeiling { get; } = new();

    internal ConcurrentDictionary<string, Order> Orders { get; } = new();

    public static async Task<HttpMessageHandler> StartIdentityAsync(Neighbours answers, TestTokens tokens)
    {
        var app = Build<IdentityStub>(answers);
        var keys = new HttpMessageInvoker(tokens);
        app.MapGet("/.well-known/jwks.json", async () =>
        {
            var answer = await keys.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://identity"), CancellationToken.None);
            return Results.Content(await answer.Content.ReadAsStringAsync(), "application/json");
        });
        await app.StartAsync();
        return app.GetTestServer().CreateHandler();
    }

    public static async Task<HttpMessageHandler> StartOrderingAsync(Neighbours answers)
    {
        var app = Build<OrderingStub>(answers);
        await app.StartAsync();
        return app.GetTestServer().CreateHandler();
    }

    public static async Task<HttpMessageHandler> StartPaymentsAsync(Neighbours answers)
    {
        var app = Build<PaymentsStub>(answers);
        await app.StartAsync();
        return app.GetTestServer().CreateHandler();
    }

    private static WebApplication Build<TService>(Neighbours answers) where TService : class
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(answers);
        var app = builder.Build();
        app.MapGrpcService<TService>();
        return app;
    }

    private sealed class IdentityStub(Neighbours answers) : IdentityBase
    {
        public override Task<GetUserReply> GetUser(GetUserRequest request, ServerCallContext context) => Task.FromResult(new GetUserReply
        {
            UserId = request.UserId,
            Role = "delivery_agent",
            Status = StatusOf(request.UserId)
        });

        public override Task<GetContactReply> GetContact(GetContactRequest request, ServerCallContext context)
        {
            StatusOf(request.UserId);
            return Task.FromResult(new GetContactReply
            {
                UserId = request.UserId,
                FirstName = "Chantal",
                LastName = "Ewane",
                Email = "chantal@example.cm",
                Phone = "+237690000000",
                Language = "fr"
            });
        }

        private string StatusOf(string userId) =>
            answers.AccountStatuses.GetValueOrDefault(userId, "active") is var status && status != "unknown"
                ? status
                : throw new RpcException(new Status(StatusCode.NotFound, "USER_NOT_FOUND"));
    }

    private sealed class PaymentsStub(Neighbours answers) : PaymentsBase
    {
        public override Task<DriverCash> GetDriverCash(GetDriverCashRequest request, ServerCallContext context) =>
            Task.FromResult(new DriverCash { OwedXaf = 1, MayTakeCash = !answers.AtCeiling.ContainsKey(request.DriverId) });
    }

    private sealed class OrderingStub(Neighbours answers) : OrderingBase
    {
        public override Task<Order> GetOrder(GetOrderRequest request, ServerCallContext context) =>
            Task.FromResult(Known(request) ?? throw new RpcException(new Status(StatusCode.NotFound, "ORDER_NOT_FOUND")));

        private Order? Known(GetOrderRequest request)
        {
            var order = answers.Orders.GetValueOrDefault(request.OrderId)?.Clone();
            if (order is not null && !request.WithContact)
                (order.GuestName, order.GuestPhone) = ("", "");
            return order;
        }
    }
}
