using EatFast.Catalog.Domain;

namespace EatFast.Catalog.Tests;

/// <summary>A small restaurant of a test: one category, one item with a required, a defaulted and a free option.</summary>
public sealed record Kitchen(Restaurant Restaurant, MenuCategory Category, MenuItem Item)
{
    public Guid Id => Restaurant.Id;

    public ItemOption Side => Item.Options[0];

    public ItemOption Pepper => Item.Options[1];

    public ItemOption Extras => Item.Options[2];

    public static Kitchen Of(DateTimeOffset now, string status, string hours, string city, Guid ownerId)
    {
        var restaurant = RestaurantOf(now, status, hours, city, ownerId);
        var category = new MenuCategory
        {
            Id = Guid.NewGuid(),
            RestaurantId = restaurant.Id,
            Name = "Plats",
            Description = "",
            SortOrder = 1
        };
        return new Kitchen(restaurant, category, ItemOf(restaurant.Id, category.Id));
    }

    public static MenuItem ItemOf(Guid restaurantId, Guid categoryId)
    {
        var id = Guid.NewGuid();
        return new MenuItem
        {
            Id = id,
            RestaurantId = restaurantId,
            CategoryId = categoryId,
            Name = "Okok sucré",
            Description = "",
            PriceXaf = 2000,
            PreparationMinutes = 15,
            SortOrder = 1,
            Options =
            [
                OptionOf(id, "Accompagnement", OptionType.SingleSelect, isRequired: true, 1, ("Riz", 0, false), ("Frites", 500, false)),
                OptionOf(id, "Piment", OptionType.SingleSelect, isRequired: true, 2, ("Sans", 0, false), ("À part", 100, true)),
                OptionOf(
                    id, "Suppléments", OptionType.MultiSelect, isRequired: false, 3,
                    ("Œuf", 300, false), ("Viande", 1500, false), ("Miondo", 500, false))
            ]
        };
    }

    private static ItemOption OptionOf(
        Guid itemId, string name, string type, bool isRequired, int sortOrder, params (string Name, long Price, bool IsDefault)[] values)
    {
        var id = Guid.NewGuid();
        return new ItemOption
        {
            Id = id,
            MenuItemId = itemId,
            Name = name,
            Type = type,
            IsRequired = isRequired,
            MaxSelections = 2,
            SortOrder = sortOrder,
            Values = [.. values.Select((value, place) => new ItemOptionValue
            {
                Id = Guid.NewGuid(),
                ItemOptionId = id,
                Name = value.Name,
                PriceXaf = value.Price,
                IsDefault = value.IsDefault,
                SortOrder = place
            })]
        };
    }

    private static Restaurant RestaurantOf(DateTimeOffset now, string status, string hours, string city, Guid ownerId) => new()
    {
        Id = Guid.CreateVersion7(now),
        OwnerId = ownerId,
        Name = $"Table {city}",
        Description = "",
        CuisineType = "african",
        PriceRange = "1",
        Status = status,
        DeliveryMinutes = 30,
        PreparationMinutes = 15,
        DeliveryFeeXaf = 500,
        MinimumOrderXaf = 2000,
        Phone = "+237699000199",
        Street = "Rue 1",
        City = city,
        District = "Centre",
        Latitude = 5.4778,
        Longitude = 10.4176,
        OperatingHours = OperatingHours.EveryDay(hours),
        CreatedAt = now
    };
}
