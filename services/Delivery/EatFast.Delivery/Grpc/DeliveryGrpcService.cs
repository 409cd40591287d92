using System.Globalization;
using EatFast.Delivery.Contracts.V1;
using EatFast.Delivery.Domain;
using EatFast.Delivery.Features;
using EatFast.Errors;
using Grpc.Core;

namespace EatFast.Delivery.Grpc;

/// <summary>What neighbours ask; reached only on the internal port.</summary>
internal sealed class DeliveryGrpcService(DispatchRules rules, TrackDelivery tracking) : Contracts.V1.Delivery.DeliveryBase
{
    private const long MaxBaseFeeXaf = 1_000_000;

    public override Task<QuoteDeliveryReply> QuoteDelivery(QuoteDeliveryRequest request, ServerCallContext context)
    {
        var (from, to) = (new GeoPoint(request.FromLatitude, request.FromLongitude), new GeoPoint(request.ToLatitude, request.ToLongitude));
        if (!from.IsValid || !to.IsValid || request.BaseFeeXaf is < 0 or > MaxBaseFeeXaf)
            throw new RpcException(new Status(StatusCode.InvalidArgument, "Coordinates or base fee out of range."));
        var (fee, trip) = Features.QuoteDelivery.Handle(from, to, request.BaseFeeXaf, rules);
        return Task.FromResult(new QuoteDeliveryReply { FeeXaf = fee, DistanceMetres = trip.Metres, TravelMinutes = trip.Minutes });
    }

    public override async Task<GetTrackingReply> GetTracking(GetTrackingRequest request, ServerCallContext context)
    {
        if (!Guid.TryParse(request.OrderId, out var orderId))
            throw new RuleViolatedException("DELIVERY_NOT_FOUND");
        var found = await tracking.Handle(orderId, context.CancellationToken);
        return new GetTrackingReply
        {
            DeliveryId = found.DeliveryId.ToString(),
            Status = found.Status,
            DriverId = found.Driver?.Id.ToString() ?? "",
            DriverName = found.Driver?.Name ?? "",
            DriverPhone = found.Driver?.Phone ?? "",
            Position = PositionOf(found.Position),
            EtaMinutes = found.EtaMinutes
        };
    }

    private static GetTrackingReply.Types.Position? PositionOf(PositionView? position) => position is null ? null : new()
    {
        Latitude = position.Latitude,
        Longitude = position.Longitude,
        UpdatedAt = position.UpdatedAt.ToString("O", CultureInfo.InvariantCulture)
    };
}
