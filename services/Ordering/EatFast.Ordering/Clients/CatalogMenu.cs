using System.Globalization;
using EatFast.Catalog.Contracts.V1;
using EatFast.Ordering.Domain;
using CatalogClient = EatFast.Catalog.Contracts.V1.Catalog.CatalogClient;

namespace EatFast.Ordering.Clients;

internal sealed record MenuChoice(Guid OptionId, Guid ValueId);

internal sealed record MenuLine(Guid ItemId, int Quantity, IReadOnlyList<MenuChoice> Choices, string? SpecialInstructions);

/// <summary>What Catalog offers for a basket; of <c>IsUncounted</c> dishes nothing has to be held.</summary>
internal sealed record MenuOffer(Seller Seller, IReadOnlyList<OrderItem> Items, bool IsUncounted);

/// <summary>Prices and checks a basket at Catalog; its refusals (closed, sold out, unknown option) pass through unchanged.</summary>
internal sealed class CatalogMenu(CatalogClient catalog)
{
    /// <param name="restaurantId">Where the basket is from.</param>
    /// <param name="lines">What is in it.</param>
    /// <param name="door">Decides the fee and the minimum where the restaurant has zones.</param>
    /// <param name="holdFor">The order that counted items are held for; null only asks for prices.</param>
    /// <param name="at">When the restaurant has to be open; null is now.</param>
    /// <param name="ct">Of the request.</param>
    public async Task<MenuOffer> QuoteAsync(
        Guid restaurantId, IReadOnlyList<MenuLine> lines, DeliveryAddress? door, Guid? holdFor, DateTimeOffset? at,
        CancellationToken ct)
    {
        var request = new QuoteItemsRequest
        {
            RestaurantId = restaurantId.ToString(),
            OrderId = holdFor?.ToString() ?? "",
            At = at?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "",
            Destination = door is null ? null : new Destination { Latitude = door.Latitude, Longitude = door.Longitude }
        };
        request.Lines.AddRange(lines.Select(LineOf));
        var quote = await catalog.QuoteItemsAsync(request, cancellationToken: ct);
        return new(
            SellerOf(quote.Restaurant), [.. quote.Lines.Select((line, index) => ItemOf(line, index, lines[index].SpecialInstructions))], quote.IsUncounted);
    }

    private static QuoteItemsRequest.Types.Line LineOf(MenuLine line)
    {
        var asked = new QuoteItemsRequest.Types.Line { ItemId = line.ItemId.ToString(), Quantity = line.Quantity };
        asked.Selections.AddRange(line.Choices.Select(choice => new QuoteItemsRequest.Types.Selection
        {
            OptionId = choice.OptionId.ToString(),
            ValueId = choice.ValueId.ToString()
        }));
        return asked;
    }

    internal static Seller SellerOf(Restaurant restaurant) => new(
        Guid.Parse(restaurant.RestaurantId),
        Guid.Parse(restaurant.OwnerId),
        new RestaurantCard(restaurant.Name, restaurant.Phone, restaurant.Street, restaurant.City, restaurant.District,
            restaurant.Latitude, restaurant.Longitude),
        restaurant.DeliveryFeeXaf,
        restaurant.MinimumOrderXaf,
        restaurant.PreparationMinutes)
    {
        AcceptsAutomatically = restaurant.AcceptsAutomatically,
        CommissionPercent = (decimal)restaurant.CommissionPercent
    };

    private static OrderItem ItemOf(QuoteItemsReply.Types.Line line, int position, string? specialInstructions) => new()
    {
        Position = position,
        ItemId = Guid.Parse(line.ItemId),
        CategoryId = Guid.TryParse(line.CategoryId, out var category) ? category : null,
        Name = line.Name,
        Quantity = line.Quantity,
        UnitPriceXaf = line.UnitPriceXaf,
        Customizations =
        [
            .. line.Selections.Select(choice => new ItemCustomization(
                Guid.Parse(choice.OptionId), Guid.Parse(choice.ValueId), choice.OptionName, choice.ValueName, choice.PriceXaf))
        ],
        SpecialInstructions = specialInstructions
    };
}
