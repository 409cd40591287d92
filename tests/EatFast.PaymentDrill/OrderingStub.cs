using System.Collections.Concurrent;
using EatFast.Ordering.Contracts;
using EatFast.Ordering.Contracts.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderingBase = EatFast.Ordering.Contracts.V1.Ordering.OrderingBase;

namespace EatFast.PaymentDrill;

/// <summary>Ordering as Payments sees it: a real gRPC server that knows the orders a test placed.</summary>
public sealed class OrderingStub
{
    internal const long DeliveryFeeXaf = 1_000;

    private int _doors;

    internal ConcurrentDictionary<string, Order> Known { get; } = new();

    /// <summary>Each to a door of its own, a kilometre from its restaurant.</summary>
    internal void Know(OrderPlaced placed) => Known[placed.OrderId.ToString()] = new Order
    {
        RestaurantLatitude = 4.01 + (Interlocked.Increment(ref _doors) / 1_000.0),
        RestaurantLongitude = 9.7,
        DeliveryLatitude = 4 + (_doors / 1_000.0),
        DeliveryLongitude = 9.7,
        DeliveryType = "delivery",
        OrderId = placed.OrderId.ToString(),
        OrderNumber = placed.OrderNumber,
        Status = "pending",
        PaymentMethod = placed.PaymentMethod,
        CustomerId = placed.CustomerId.ToString(),
        RestaurantId = placed.RestaurantId.ToString(),
        RestaurantOwnerId = placed.RestaurantOwnerId.ToString(),
        TotalXaf = placed.TotalXaf,
        DeliveryFeeXaf = DeliveryFeeXaf
    };

    internal async Task<HttpMessageHandler> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        var app = builder.Build();
        app.MapGrpcService<Service>();
        await app.StartAsync();
        return app.GetTestServer().CreateHandler();
    }

    private sealed class Service(OrderingStub stub) : OrderingBase
    {
        // Only those whose moment a test has told: most tests place orders of which nobody has to hear.
        public override Task<PlacedOrders> ListPlaced(ListPlacedRequest request, ServerCallContext context)
        {
            var reply = new PlacedOrders();
            reply.Orders.AddRange(stub.Known.Values.Where(order => order.CreatedAt != "").Select(order => new PlacedOrder
            {
                OrderId = order.OrderId,
                OrderNumber = order.OrderNumber,
                TotalXaf = order.TotalXaf,
                CreatedAt = order.CreatedAt
            }));
            return Task.FromResult(reply);
        }

        public override Task<Order> GetOrder(GetOrderRequest request, ServerCallContext context) => Task.FromResult(
            stub.Known.GetValueOrDefault(request.OrderId) ?? throw new RpcException(new Status(StatusCode.NotFound, "ORDER_NOT_FOUND")));
    }
}
