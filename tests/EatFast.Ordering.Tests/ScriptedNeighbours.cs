using System.Collections.Concurrent;
using EatFast.Catalog.Contracts.V1;
using EatFast.Delivery.Contracts.V1;
using EatFast.Errors;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using CatalogBase = EatFast.Catalog.Contracts.V1.Catalog.CatalogBase;
using DeliveryBase = EatFast.Delivery.Contracts.V1.Delivery.DeliveryBase;

namespace EatFast.Ordering.Tests;

internal static class ScriptedNeighbours
{
    /// <summary>A real gRPC server with the house's own error translation, reached through memory instead of a socket.</summary>
    public static async Task<HttpMessageHandler> HostAsync<TService>(TService service, HttpMessageHandler? keys = null) where TService : class
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.AddServiceDefaults(typeof(ScriptedNeighbours).Assembly);
        builder.Services.AddSingleton(service);
        var app = builder.Build();
        app.MapGrpcService<TService>().AllowAnonymous();
        if (keys is not null)
            app.MapGet("/.well-known/jwks.json", () => ReadAsync(keys)).AllowAnonymous();
        await app.StartAsync();
        return app.GetTestServer().CreateHandler();
    }

    private static async Task<IResult> ReadAsync(HttpMessageHandler keys)
    {
        using var client = new HttpMessageInvoker(keys, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("http://identity/.well-known/jwks.json"));
        using var answer = await client.SendAsync(request, CancellationToken.None);
        return Results.Text(await answer.Content.ReadAsStringAsync(), "application/json");
    }
}

internal sealed record TestRestaurant(Guid Id, Guid OwnerId, long MinimumOrderXaf, bool IsDown, bool AcceptsAutomatically);

/// <summary>Catalog as a test needs it: every dish costs 1500, and some dishes are sold out.</summary>
internal sealed class ScriptedCatalog : CatalogBase
{
    public const long PriceXaf = 1_500;
    public const int PreparationMinutes = 25;
    public static readonly Guid SoldOut = Guid.NewGuid();
    private readonly ConcurrentDictionary<Guid, TestRestaurant> _restaurants = new();

    /// <summary>What every dish costs where it is not the usual price.</summary>
    public ConcurrentDictionary<Guid, long> Prices { get; } = new();

    public TestRestaurant AddRestaurant(long minimumOrderXaf = 0, bool isDown = false, bool acceptsAutomatically = false)
    {
        var restaurant = new TestRestaurant(Guid.NewGuid(), Guid.NewGuid(), minimumOrderXaf, isDown, acceptsAutomatically);
        _restaurants[restaurant.Id] = restaurant;
        return restaurant;
    }

    /// <summary>The orders that something is held for, by restaurant.</summary>
    public ConcurrentDictionary<Guid, List<string>> Held { get; } = new();

    /// <summary>Restaurants of which no dish is counted.</summary>
    public ConcurrentDictionary<Guid, bool> Uncounted { get; } = new();

    /// <summary>From now on it is not offered any more.</summary>
    public void Close(Guid restaurantId) => _restaurants.TryRemove(restaurantId, out _);

    public override Task<QuoteItemsReply> QuoteItems(QuoteItemsRequest request, ServerCallContext context)
    {
        if (!_restaurants.TryGetValue(Guid.Parse(request.RestaurantId), out var restaurant))
            throw new RuleViolatedException("RESTAURANT_NOT_FOUND") { Refusal = new(404, "Inconnu.", "Unknown.") };
        if (restaurant.IsDown)
            throw new RpcException(new Status(StatusCode.Unavailable, "down"));
        if (request.Lines.Any(line => line.ItemId == SoldOut.ToString()))
            throw new RuleViolatedException("ITEM_UNAVAILABLE", ("item", "Ndolé")) { Refusal = new(422, "{item} épuisé.", "{item} sold out.") };
        if (request.OrderId.Length > 0)
            Held.GetOrAdd(restaurant.Id, _ => []).Add(request.OrderId);
        var reply = new QuoteItemsReply { Restaurant = Describe(restaurant), IsUncounted = Uncounted.ContainsKey(restaurant.Id) };
        var price = Prices.GetValueOrDefault(restaurant.Id, PriceXaf);
        reply.Lines.AddRange(request.Lines.Select(line => Price(line, price)));
        return Task.FromResult(reply);
    }

    public override Task<Restaurant> GetRestaurant(GetRestaurantRequest request, ServerCallContext context) =>
        _restaurants.TryGetValue(Guid.Parse(request.RestaurantId), out var restaurant)
            ? Task.FromResult(Describe(restaurant))
            : throw new RuleViolatedException("RESTAURANT_NOT_FOUND") { Refusal = new(404, "Inconnu.", "Unknown.") };

    public override Task<ListNearbyReply> ListNearby(ListNearbyRequest request, ServerCallContext context)
    {
        var reply = new ListNearbyReply();
        reply.Restaurants.AddRange(Enumerable.Range(1, request.City == "nowhere" ? 0 : request.Limit).Select(place => new NearbyRestaurant
        {
            RestaurantId = $"01990000-0000-7000-8000-{place:d12}",
            Name = $"La Table du Quartier {place}",
            ImageUrl = $"/images/{place}/medium.webp",
            Rating = 4.5,
            DeliveryMinutes = 30,
            DeliveryFeeXaf = 500,
            DistanceKm = place
        }));
        return Task.FromResult(reply);
    }

    private static QuoteItemsReply.Types.Line Price(QuoteItemsRequest.Types.Line line, long price)
    {
        var priced = new QuoteItemsReply.Types.Line { ItemId = line.ItemId, Name = "Ndolé", Quantity = line.Quantity, UnitPriceXaf = price };
        priced.Selections.AddRange(line.Selections.Select(choice => new QuoteItemsReply.Types.Selection
        {
            OptionId = choice.OptionId,
            ValueId = choice.ValueId,
            OptionName = "Piment",
            ValueName = "Fort",
            PriceXaf = 0
        }));
        return priced;
    }

    private static Restaurant Describe(TestRestaurant restaurant) => new()
    {
        RestaurantId = restaurant.Id.ToString(),
        OwnerId = restaurant.OwnerId.ToString(),
        Name = "Chez Wou",
        Phone = "+237233000001",
        Street = "Rue Joss",
        City = "douala",
        District = "Bonanjo",
        Latitude = 4.05,
        Longitude = 9.70,
        DeliveryFeeXaf = 1_000,
        MinimumOrderXaf = restaurant.MinimumOrderXaf,
        PreparationMinutes = PreparationMinutes,
        Status = "active",
        IsOpen = true,
        AcceptsAutomatically = restaurant.AcceptsAutomatically,
        CommissionPercent = 15
    };
}

/// <summary>Delivery as a test needs it: the fee is the base fee, the north is not covered, tracking is what was told.</summary>
internal sealed class ScriptedDelivery : DeliveryBase
{
    public const int TravelMinutes = 15;
    public const double CoveredUpTo = 6;

    public ConcurrentDictionary<Guid, GetTrackingReply> Tracked { get; } = new();

    public ConcurrentDictionary<Guid, bool> Down { get; } = new();

    public override Task<QuoteDeliveryReply> QuoteDelivery(QuoteDeliveryRequest request, ServerCallContext context) =>
        request.ToLatitude > CoveredUpTo
            ? throw new RuleViolatedException("DELIVERY_AREA_NOT_COVERED") { Refusal = new(422, "Trop loin.", "Too far.") }
            : Task.FromResult(new QuoteDeliveryReply { FeeXaf = request.BaseFeeXaf, DistanceMetres = 3_000, TravelMinutes = TravelMinutes });

    public override Task<GetTrackingReply> GetTracking(GetTrackingRequest request, ServerCallContext context)
    {
        var order = Guid.Parse(request.OrderId);
        if (Down.ContainsKey(order))
            throw new RpcException(new Status(StatusCode.Unavailable, "down"));
        return Tracked.TryGetValue(order, out var reply)
            ? Task.FromResult(reply)
            : throw new RuleViolatedException("DELIVERY_NOT_FOUND") { Refusal = new(404, "Inconnue.", "Unknown.") };
    }
}
