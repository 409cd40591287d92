using EatFast.Catalog.Contracts.V1;
using EatFast.Identity.Contracts.V1;
using EatFast.Simulation.Core;

namespace EatFast.Simulation.Outside;

/// <summary>Catalog and Identity, which are not simulated: one kitchen's prices, and everybody's account is active.</summary>
internal static class Neighbours
{
    public const long PriceXaf = 1_500;

    public static object? Answer(World world, object request) => request switch
    {
        QuoteItemsRequest quote => Price(world, quote),
        GetUserRequest user => new GetUserReply { UserId = user.UserId, Role = "delivery_agent", Status = "active" },
        GetContactRequest contact => new GetContactReply
        {
            UserId = contact.UserId,
            FirstName = "Ama",
            LastName = "Ngo",
            Email = "ama@example.com",
            Phone = "+237677000001",
            Language = "fr"
        },
        _ => null
    };

    private static QuoteItemsReply Price(World world, QuoteItemsRequest request)
    {
        var reply = new QuoteItemsReply { Restaurant = Describe(world, request.RestaurantId) };
        reply.Lines.AddRange(request.Lines.Select(line => new QuoteItemsReply.Types.Line
        {
            ItemId = line.ItemId,
            Name = "Ndolé",
            Quantity = line.Quantity,
            UnitPriceXaf = PriceXaf
        }));
        return reply;
    }

    private static Restaurant Describe(World world, string restaurantId) => new()
    {
        RestaurantId = restaurantId,
        OwnerId = $"{world.City.OwnerOf(Guid.Parse(restaurantId))}",
        Name = "Chez Wou",
        Phone = "+237233000001",
        Street = "Rue Joss",
        City = "douala",
        District = "Bonanjo",
        Latitude = 4.05,
        Longitude = 9.70,
        DeliveryFeeXaf = 1_000,
        PreparationMinutes = 20,
        Status = "active",
        IsOpen = true
    };
}
