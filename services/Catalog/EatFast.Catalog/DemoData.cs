using System.Text.Json;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Identity.Contracts;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog;

/// <summary>
/// The restaurants of a development system (DemoData.json). Their ids are made of their places in the file, so that documents
/// can name them: 01990000-0000-7000-8000-10RR00000000 is restaurant RR, ...-30RRCCII0000 item II of its category CC.
/// </summary>
internal static class DemoData
{
    private static readonly DateTimeOffset Opened = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private sealed record Demo(Dictionary<string, DemoOption> Options, List<DemoRestaurant> Restaurants);

    private sealed record DemoOption(string Name, string Type, bool Required, int Max, List<DemoValue> Values);

    private sealed record DemoValue(string Name, long Price, bool Default);

    private sealed record DemoRestaurant(
        string Name, string Description, string Cuisine, string PriceRange, string Status, bool Featured, decimal Rating, int Reviews,
        int DeliveryMinutes, int PreparationMinutes, long DeliveryFee, long MinimumOrder,
        string Phone, string Street, string City, string District, double Latitude, double Longitude, List<DemoCategory> Categories);

    private sealed record DemoCategory(string Name, string Description, List<DemoItem> Items);

    private sealed record DemoItem(
        string Name, string Description, long Price, int Minutes, bool SoldOut,
        List<string>? Allergens, List<string>? Tags, List<string>? Options);

    /// <summary>Repeatable: what exists stays as it is.</summary>
    public static async Task SeedAsync(CatalogDbContext db, CancellationToken ct)
    {
        if (await db.Restaurants.AnyAsync(r => r.Id == Id(0x10, 1, 0, 0, 0), ct))
            return;
        await using var stream = typeof(DemoData).Assembly.GetManifestResourceStream("DemoData.json")!;
        var demo = (await JsonSerializer.DeserializeAsync<Demo>(stream, JsonSerializerOptions.Web, ct))!;
        foreach (var (place, restaurant) in demo.Restaurants.Index())
            Add(db, demo, restaurant, place + 1);
        await db.SaveChangesAsync(ct);
    }

    private static void Add(CatalogDbContext db, Demo demo, DemoRestaurant restaurant, int r)
    {
        db.Add(RestaurantOf(restaurant, r));
        foreach (var (c, category) in restaurant.Categories.Index().Select(pair => (pair.Index + 1, pair.Item)))
        {
            db.Add(new MenuCategory
            {
                Id = Id(0x20, r, c, 0, 0),
                RestaurantId = Id(0x10, r, 0, 0, 0),
                Name = category.Name,
                Description = category.Description,
                SortOrder = c
            });
            foreach (var (place, item) in category.Items.Index())
                db.Add(ItemOf(demo, item, r, c, place + 1));
        }
    }

    private static Restaurant RestaurantOf(DemoRestaurant restaurant, int r) => new()
    {
        Id = Id(0x10, r, 0, 0, 0),
        OwnerId = r == 1 ? DemoAccounts.Owner : Id(0x0f, r, 0, 0, 0),
        Name = restaurant.Name,
        Description = restaurant.Description,
        CuisineType = restaurant.Cuisine,
        PriceRange = restaurant.PriceRange,
        Status = restaurant.Status,
        IsFeatured = restaurant.Featured,
        Rating = restaurant.Rating,
        ReviewCount = restaurant.Reviews,
        RatingTotal = (long)Math.Round(restaurant.Rating * restaurant.Reviews),
        DeliveryMinutes = restaurant.DeliveryMinutes,
        PreparationMinutes = restaurant.PreparationMinutes,
        DeliveryFeeXaf = restaurant.DeliveryFee,
        MinimumOrderXaf = restaurant.MinimumOrder,
        Phone = restaurant.Phone,
        Street = restaurant.Street,
        City = restaurant.City,
        District = restaurant.District,
        Latitude = restaurant.Latitude,
        Longitude = restaurant.Longitude,
        OperatingHours = OperatingHours.EveryDay("00:00-24:00"),
        CreatedAt = Opened
    };

    private static MenuItem ItemOf(Demo demo, DemoItem item, int r, int c, int i)
    {
        var result = new MenuItem
        {
            Id = Id(0x30, r, c, i, 0),
            RestaurantId = Id(0x10, r, 0, 0, 0),
            CategoryId = Id(0x20, r, c, 0, 0),
            Name = item.Name,
            Description = item.Description,
            PriceXaf = item.Price,
            PreparationMinutes = item.Minutes,
            SortOrder = i,
            Allergens = item.Allergens ?? [],
            DietaryTags = item.Tags ?? [],
            Options = [.. (item.Options ?? []).Select((key, o) => OptionOf(demo.Options[key], r, c, i, o + 1))]
        };
        result.SetAvailability(!item.SoldOut, Opened);
        return result;
    }

    private static ItemOption OptionOf(DemoOption option, int r, int c, int i, int o) => new()
    {
        Id = Id(0x40 + o, r, c, i, 0),
        MenuItemId = Id(0x30, r, c, i, 0),
        Name = option.Name,
        Type = option.Type,
        IsRequired = option.Required,
        MaxSelections = option.Max,
        SortOrder = o,
        Values = [.. option.Values.Select((value, v) => new ItemOptionValue
        {
            Id = Id(0x40 + o, r, c, i, v + 1),
            ItemOptionId = Id(0x40 + o, r, c, i, 0),
            Name = value.Name,
            PriceXaf = value.Price,
            IsDefault = value.Default,
            SortOrder = v + 1
        })]
    };

    private static Guid Id(int kind, int restaurant, int category, int item, int value) =>
        new($"01990000-0000-7000-8000-{kind:x2}{restaurant:x2}{category:x2}{item:x2}{value:x4}");
}
