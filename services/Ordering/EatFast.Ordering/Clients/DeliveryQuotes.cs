using EatFast.Delivery.Contracts.V1;
using EatFast.Errors;
using EatFast.Ordering.Domain;
using Grpc.Core;
using DeliveryClient = EatFast.Delivery.Contracts.V1.Delivery.DeliveryClient;

namespace EatFast.Ordering.Clients;

internal sealed record DriverPosition(double Latitude, double Longitude, string UpdatedAt);

/// <summary>Where the food is, as Delivery sees it.</summary>
internal sealed record DeliveryTracking(
    string Status, Guid? DriverId, string DriverName, string DriverPhone, DriverPosition? Position, int EtaMinutes);

/// <summary>Asks Delivery for the price of a way and for the driver's whereabouts; only the price is worth failing for.</summary>
internal sealed class DeliveryQuotes(DeliveryClient delivery, ILogger<DeliveryQuotes> logger)
{
    public async Task<(long FeeXaf, int TravelMinutes)> QuoteAsync(Seller seller, double latitude, double longitude, CancellationToken ct)
    {
        var quote = await delivery.QuoteDeliveryAsync(new QuoteDeliveryRequest
        {
            FromLatitude = seller.Card.Latitude,
            FromLongitude = seller.Card.Longitude,
            ToLatitude = latitude,
            ToLongitude = longitude,
            BaseFeeXaf = seller.DeliveryFeeXaf
        }, cancellationToken: ct);
        return (quote.FeeXaf, quote.TravelMinutes);
    }

    /// <summary>Null while there is no delivery, and also while Delivery cannot answer: the order itself is still worth showing.</summary>
    public async Task<DeliveryTracking?> TrackAsync(Guid orderId, CancellationToken ct)
    {
        try
        {
            return await FindAsync(orderId, ct);
        }
        catch (RpcException failed) when (!ct.IsCancellationRequested)
        {
            logger.LogWarning("Delivery cannot say where order {OrderId} is: {Status}", orderId, failed.StatusCode);
            return null;
        }
    }

    /// <summary>Null while there is no delivery; throws while Delivery cannot answer.</summary>
    public async Task<DeliveryTracking?> FindAsync(Guid orderId, CancellationToken ct)
    {
        try
        {
            var reply = await delivery.GetTrackingAsync(new GetTrackingRequest { OrderId = orderId.ToString() }, cancellationToken: ct);
            var driver = Guid.TryParse(reply.DriverId, out var id) ? id : (Guid?)null;
            var position = reply.Position is { } known ? new DriverPosition(known.Latitude, known.Longitude, known.UpdatedAt) : null;
            return new(reply.Status, driver, reply.DriverName, reply.DriverPhone, position, reply.EtaMinutes);
        }
        catch (RuleViolatedException refused) when (refused.Code == "DELIVERY_NOT_FOUND")
        {
            return null;
        }
    }
}
