using EatFast.Catalog.Domain;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace EatFast.Catalog.Data;

internal static class RestaurantMapping
{
    public static void Map(ModelBuilder model) => model.Entity<Restaurant>(restaurant =>
    {
        restaurant.ToTable("restaurants", table =>
        {
            table.HasCheckConstraint("ck_restaurants_status", "status IN ('active', 'inactive', 'pending', 'suspended')");
            table.HasCheckConstraint("ck_restaurants_price_range", "price_range IN ('1', '2', '3')");
            table.HasCheckConstraint("ck_restaurants_money", "delivery_fee_xaf >= 0 AND minimum_order_xaf >= 0");
            table.HasCheckConstraint("ck_restaurants_commission", "commission_percent BETWEEN 0 AND 100");
            table.HasCheckConstraint("ck_restaurants_place", "latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180");
        });
        restaurant.Property(r => r.Id).ValueGeneratedNever();
        restaurant.Property(r => r.Version).IsConcurrencyToken();
        restaurant.Property(r => r.Name).HasMaxLength(120);
        restaurant.Property(r => r.Description).HasMaxLength(2000);
        restaurant.Property(r => r.Rating).HasPrecision(3, 2);
        restaurant.Property(r => r.CommissionPercent).HasPrecision(5, 2).HasDefaultValue(Restaurant.DefaultCommissionPercent);
        restaurant.Property(r => r.DeliveryArea).HasDefaultValueSql("""'{"RadiusKm":null,"Zones":[]}'""");
        restaurant.PrimitiveCollection(r => r.Gallery);
        restaurant.PrimitiveCollection(r => r.ClosedOn).HasDefaultValueSql("'{}'");

        restaurant.Property<NpgsqlTsVector>(TextSearch.Vector)
            .HasComputedColumnSql(TextSearch.VectorOf("name", "cuisine_type", "description"), stored: true);
        restaurant.Property<string>(TextSearch.Name).HasComputedColumnSql("catalog.plain(name)", stored: true);
        restaurant.Property<string>(TextSearch.City).HasComputedColumnSql("catalog.plain(city)", stored: true);
        restaurant.HasIndex(TextSearch.Vector).HasMethod("gin");
        restaurant.HasIndex(TextSearch.Name).HasMethod("gin").HasOperators("gin_trgm_ops");
        // With what a town's restaurants are ordered by, so that only those of the page are read whole.
        restaurant.HasIndex(TextSearch.City).HasFilter("status = 'active'").IncludeProperties(
            nameof(Restaurant.Id), nameof(Restaurant.Rating), nameof(Restaurant.ReviewCount), nameof(Restaurant.Latitude), nameof(Restaurant.Longitude));
        restaurant.HasIndex(r => new { r.Latitude, r.Longitude }).HasFilter("status = 'active'");
        restaurant.HasIndex(r => new { r.IsFeatured, r.Rating, r.ReviewCount, r.Id })
            .IsDescending(true, true, true, false).HasFilter("status = 'active'");
        restaurant.HasIndex(r => new { r.Rating, r.ReviewCount, r.Id })
            .IsDescending(true, true, false).HasFilter("status = 'active'");
        restaurant.HasIndex(r => new { r.DeliveryMinutes, r.Id }).HasFilter("status = 'active'");
        restaurant.HasIndex(r => new { r.DeliveryFeeXaf, r.Id }).HasFilter("status = 'active'");
        restaurant.HasIndex(r => r.OwnerId);
        restaurant.HasIndex(r => new { r.Status, r.CreatedAt, r.Id });
    });
}
