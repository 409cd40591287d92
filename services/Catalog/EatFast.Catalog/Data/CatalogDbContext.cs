using System.Text.Json;
using EatFast.Catalog.Domain;
using EatFast.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace EatFast.Catalog.Data;

/// <summary>Restaurants and their menus, with the search columns that Postgres keeps up to date by itself.</summary>
public sealed class CatalogDbContext(DbContextOptions<CatalogDbContext> options) : DbContext(options)
{
    public const string Schema = "catalog";

    public DbSet<Restaurant> Restaurants => Set<Restaurant>();
    public DbSet<MenuCategory> MenuCategories => Set<MenuCategory>();
    public DbSet<MenuItem> MenuItems => Set<MenuItem>();
    public DbSet<Review> Reviews => Set<Review>();
    internal DbSet<DishName> DishNames => Set<DishName>();
    public DbSet<Avatar> Avatars => Set<Avatar>();
    public DbSet<StockHold> StockHolds => Set<StockHold>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DeliveryArea>().HaveConversion<AreaConverter>().HaveColumnType("jsonb");
        configurationBuilder.Properties<OperatingHours>().HaveConversion<HoursConverter>().HaveColumnType("jsonb");
        // The same once more for places that are no property: the argument of is_open.
        configurationBuilder.DefaultTypeMapping<OperatingHours>(hours => hours.HasConversion<HoursConverter>().HasColumnType("jsonb"));
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.MapMessaging();
        CatalogFunctions.Map(modelBuilder);
        RestaurantMapping.Map(modelBuilder);
        MenuMapping.Map(modelBuilder);
        ReviewMapping.Map(modelBuilder);
        modelBuilder.Entity<Avatar>(avatar =>
        {
            avatar.ToTable("avatars");
            avatar.HasKey(row => row.UserId);
            avatar.Property(row => row.UserId).ValueGeneratedNever();
            avatar.HasIndex(row => row.Content);
        });
    }

    private sealed class AreaConverter() : ValueConverter<DeliveryArea, string>(
        area => JsonSerializer.Serialize(area, JsonSerializerOptions.Default),
        json => JsonSerializer.Deserialize<DeliveryArea>(json, JsonSerializerOptions.Default)!);

    private sealed class HoursConverter() : ValueConverter<OperatingHours, string>(
        hours => JsonSerializer.Serialize(hours.ByDay, JsonSerializerOptions.Default),
        json => new OperatingHours(JsonSerializer.Deserialize<Dictionary<string, string>>(json, JsonSerializerOptions.Default)!));
}
