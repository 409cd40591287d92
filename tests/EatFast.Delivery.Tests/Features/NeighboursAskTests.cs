using System.Net.Http.Json;
using EatFast.Delivery.Contracts.V1;
using Grpc.Core;
using Grpc.Net.Client;
using DeliveryClient = EatFast.Delivery.Contracts.V1.Delivery.DeliveryClient;

namespace EatFast.Delivery.Tests.Features;

public sealed class NeighboursAskTests : IDisposable
{
    private readonly DeliverySystem _system;
    private readonly GrpcChannel _channel;
    private readonly DeliveryClient _delivery;

    public NeighboursAskTests(DeliverySystem system)
    {
        _system = system;
        _channel = GrpcChannel.ForAddress("http://delivery", new() { HttpHandler = system.Delivery.Server.CreateHandler() });
        _delivery = new DeliveryClient(_channel);
    }

    [Fact]
    public async Task A_quote_has_fee_distance_and_time()
    {
        var quote = await _delivery.QuoteDeliveryAsync(new()
        {
            FromLatitude = 4.05,
            FromLongitude = 9.70,
            ToLatitude = 4.05,
            ToLongitude = 9.75,
            BaseFeeXaf = 500
        });

        Assert.InRange(quote.DistanceMetres, 7190, 7220);
        Assert.Equal((1000, 27), (quote.FeeXaf, quote.TravelMinutes));
    }

    [Fact]
    public async Task Too_far_is_refused_with_its_code()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => _delivery.QuoteDeliveryAsync(new()
        {
            FromLatitude = 4.05,
            FromLongitude = 9.70,
            ToLatitude = 3.86,
            ToLongitude = 11.52,
            BaseFeeXaf = 500
        }).ResponseAsync);

        Assert.Equal((StatusCode.FailedPrecondition, "DELIVERY_AREA_NOT_COVERED"), (refused.StatusCode, refused.Status.Detail));
    }

    [Theory]
    [InlineData(double.NaN, 500)]
    [InlineData(91, 500)]
    [InlineData(4.05, -1)]
    [InlineData(4.05, long.MaxValue)]
    public async Task A_senseless_quote_is_an_invalid_argument(double latitude, long baseFee)
    {
        var request = new QuoteDeliveryRequest { FromLatitude = latitude, ToLatitude = 4.05, BaseFeeXaf = baseFee };

        var refused = await Assert.ThrowsAsync<RpcException>(() => _delivery.QuoteDeliveryAsync(request).ResponseAsync);

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
    }

    [Fact]
    public async Task Tracking_tells_the_driver_and_his_position_only_while_he_carries_the_order()
    {
        var (driver, orderId) = await _system.AnAcceptedDeliveryAsync();
        await driver.PostAsJsonAsync("/api/v1/drivers/me/location", new { latitude = 4.0511, longitude = 9.7005 });

        var riding = await _delivery.GetTrackingAsync(new() { OrderId = orderId.ToString() });
        await driver.MoveAsync(orderId, "picked_up", "1234");
        await driver.MoveAsync(orderId, "delivering");
        await driver.MoveAsync(orderId, "delivered", "9876");
        var over = await _delivery.GetTrackingAsync(new() { OrderId = orderId.ToString() });

        Assert.Equal(("assigned", "Chantal Ewane", 4.0511), (riding.Status, riding.DriverName, riding.Position.Latitude));
        Assert.True(riding.EtaMinutes > 0);
        Assert.Equal(("delivered", 0), (over.Status, over.EtaMinutes));
        Assert.Null(over.Position);
    }

    [Fact]
    public async Task An_offer_nobody_took_has_no_driver_but_a_time()
    {
        var tracking = await _delivery.GetTrackingAsync(new() { OrderId = (await _system.AnOfferAsync()).ToString() });

        Assert.Equal(("pending", ""), (tracking.Status, tracking.DriverId));
        Assert.InRange(tracking.EtaMinutes, 20, 60);
    }

    [Theory]
    [InlineData("01990000-0000-7000-8000-00000000ffff")]
    [InlineData("no-id")]
    public async Task An_unknown_order_is_not_found(string orderId)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => _delivery.GetTrackingAsync(new() { OrderId = orderId }).ResponseAsync);

        Assert.Equal((StatusCode.NotFound, "DELIVERY_NOT_FOUND"), (refused.StatusCode, refused.Status.Detail));
    }

    public void Dispose() => _channel.Dispose();
}
