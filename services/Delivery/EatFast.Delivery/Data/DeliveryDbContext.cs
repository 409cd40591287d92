using System.Text.Json;
using EatFast.Delivery.Domain;
using EatFast.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EatFast.Delivery.Data;

/// <summary>Drivers, their deliveries and where they went.</summary>
public sealed class DeliveryDbContext(DbContextOptions<DeliveryDbContext> options) : DbContext(options)
{
    public const string Schema = "delivery";
    private const string ActiveFilter = "status IN ('assigned', 'picking_up', 'picked_up', 'delivering')";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { IgnoreReadOnlyProperties = true };

    public DbSet<Driver> Drivers => Set<Driver>();

    public DbSet<Domain.Delivery> Deliveries => Set<Domain.Delivery>();

    public DbSet<OfferRejection> OfferRejections => Set<OfferRejection>();

    public DbSet<DeliveryOffer> Offers => Set<DeliveryOffer>();

    public DbSet<DeliveryTimer> Timers => Set<DeliveryTimer>();

    public DbSet<TrailPoint> TrailPoints => Set<TrailPoint>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.MapMessaging();
        modelBuilder.Entity<Driver>(MapDriver);
        modelBuilder.Entity<Domain.Delivery>(MapDelivery);
        modelBuilder.Entity<OfferRejection>(rejection =>
        {
            rejection.HasKey(r => new { r.DeliveryId, r.DriverId });
            rejection.Property(r => r.Reason).HasMaxLength(300);
        });
        modelBuilder.Entity<DeliveryOffer>(offer =>
        {
            offer.ToTable("delivery_offers");
            offer.Property(o => o.Id).ValueGeneratedNever();
            offer.HasIndex(o => new { o.DeliveryId, o.DriverId });
        });
        modelBuilder.Entity<DeliveryTimer>(timer =>
        {
            timer.ToTable("delivery_timers");
            timer.Property(t => t.Id).ValueGeneratedNever();
            timer.Property(t => t.Kind).HasMaxLength(20);
            timer.HasOne<Domain.Delivery>().WithMany().HasForeignKey(t => t.DeliveryId);
            timer.HasIndex(t => t.DueAt).HasFilter("done_at IS NULL");
            timer.HasIndex(t => new { t.DeliveryId, t.Kind }).IsUnique();
        });
        modelBuilder.Entity<TrailPoint>(point =>
        {
            point.Property(p => p.Id).ValueGeneratedNever();
            point.HasIndex(p => new { p.DeliveryId, p.RecordedAt });
        });
    }

    private static void MapDriver(EntityTypeBuilder<Driver> driver)
    {
        driver.Property(d => d.Id).ValueGeneratedNever();
        driver.Ignore(d => d.Name).Ignore(d => d.Phone);
        driver.Property(d => d.StoredName).HasColumnName("name").HasMaxLength(200);
        driver.Property(d => d.StoredPhone).HasColumnName("phone").HasMaxLength(20);
        driver.Property(d => d.Vehicle).HasMaxLength(20);
        driver.Property(d => d.Status).HasConversion(status => status.Word(), word => Words.Parse<DriverStatus>(word)).HasMaxLength(20);
        driver.Property(d => d.Rating).HasPrecision(3, 2);
        driver.Property(d => d.Version).IsConcurrencyToken();
        driver.Ignore(d => d.Position);
        // Not over the position: each report would then have to change the index.
        driver.HasIndex(d => d.Status).HasFilter("status = 'online'");
    }

    private static void MapDelivery(EntityTypeBuilder<Domain.Delivery> delivery)
    {
        delivery.Property(d => d.Id).ValueGeneratedNever();
        delivery.Property(d => d.Status).HasMaxLength(20)
            .HasConversion(status => status.Word(), word => Words.Parse<DeliveryStatus>(word));
        delivery.Ignore(d => d.Order);
        delivery.Property(d => d.StoredOrder).HasColumnName("order").HasColumnType("jsonb").HasConversion(
            order => JsonSerializer.Serialize(order, Json),
            json => JsonSerializer.Deserialize<OrderToDeliver>(json, Json)!,
            // The copy never changes, so the same instance is the same value.
            new ValueComparer<OrderToDeliver>(
                (one, other) => ReferenceEquals(one, other), order => order.OrderId.GetHashCode(), order => order));
        delivery.Property(d => d.Version).IsConcurrencyToken();
        delivery.Ignore(d => d.Restaurant);
        delivery.HasIndex(d => d.OrderId).IsUnique();
        delivery.HasIndex(d => d.DriverId, "ix_deliveries_one_active_per_driver").IsUnique().HasFilter(ActiveFilter);
        delivery.HasIndex(d => new { d.DriverId, d.AssignedAt });
        delivery.HasIndex(d => d.OfferedTo).HasFilter("status = 'pending'");
        delivery.HasIndex(d => new { d.RestaurantLatitude, d.RestaurantLongitude }).HasFilter("status = 'pending'");
        delivery.HasIndex(d => d.CreatedAt).HasFilter("status NOT IN ('delivered', 'cancelled', 'failed')");
    }
}
