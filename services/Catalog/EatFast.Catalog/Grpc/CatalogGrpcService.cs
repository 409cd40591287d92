using EatFast.Catalog.Contracts.V1;
using EatFast.Catalog.Features;
using Grpc.Core;
using CatalogBase = EatFast.Catalog.Contracts.V1.Catalog.CatalogBase;

namespace EatFast.Catalog.Grpc;

/// <summary>What Catalog answers to the other services; a call that no correct caller makes is InvalidArgument.</summary>
internal sealed class CatalogGrpcService(QuoteItems quote, DescribeRestaurant describe, ListNearby nearby) : CatalogBase
{
    private const int MaxLines = 200;
    private const int MaxQuantity = 10_000;

    public override Task<QuoteItemsReply> QuoteItems(QuoteItemsRequest request, ServerCallContext context)
    {
        if (request.Lines.Count > MaxLines || request.Lines.Any(line => line.Quantity is < 1 or > MaxQuantity))
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"At most {MaxLines} lines, each of 1 to {MaxQuantity} pieces."));
        return quote.HandleAsync(request, context.CancellationToken);
    }

    public override Task<ListNearbyReply> ListNearby(ListNearbyRequest request, ServerCallContext context) =>
        nearby.HandleAsync(request, context.CancellationToken);

    public override Task<Restaurant> GetRestaurant(GetRestaurantRequest request, ServerCallContext context) =>
        describe.HandleAsync(request, context.CancellationToken);
}
