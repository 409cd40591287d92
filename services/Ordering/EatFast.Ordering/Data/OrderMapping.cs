using System.Text.Json;
using EatFast.Ordering.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EatFast.Ordering.Data;

internal sealed class OrderMapping : IEntityTypeConfiguration<Order>
{
    // The watchdog's own notes on an order; no rule of the order reads them.
    internal const string WatchAt = nameof(WatchAt);
    internal const string WatchTries = nameof(WatchTries);

    public void Configure(EntityTypeBuilder<Order> builder)
    {
        builder.ToTable("orders", table =>
        {
            table.HasCheckConstraint("ck_orders_bill",
                "total_xaf = subtotal_xaf + delivery_fee_xaf + service_fee_xaf + tax_xaf - discount_xaf + tip_xaf AND total_xaf >= 0");
            table.HasCheckConstraint("ck_orders_loyalty", "loyalty_xaf BETWEEN 0 AND discount_xaf");
        });
        builder.Property(order => order.Id).ValueGeneratedNever();
        builder.Property(order => order.Version).IsConcurrencyToken();
        builder.Property(order => order.DeliveryType).HasDefaultValue(DeliveryType.Delivery);
        builder.ComplexProperty(order => order.Restaurant);
        builder.Ignore(order => order.Address).Ignore(order => order.SpecialInstructions);
        builder.Property(order => order.StoredInstructions).HasColumnName("special_instructions");
        builder.ComplexProperty(order => order.StoredAddress, address =>
        {
            address.Property(part => part.Street).HasColumnName("address_street");
            address.Property(part => part.City).HasColumnName("address_city");
            address.Property(part => part.District).HasColumnName("address_district");
            address.Property(part => part.Landmark).HasColumnName("address_landmark");
            address.Property(part => part.Instructions).HasColumnName("address_instructions");
            address.Property(part => part.Latitude).HasColumnName("address_latitude");
            address.Property(part => part.Longitude).HasColumnName("address_longitude");
        });
        builder.ComplexProperty(order => order.Pricing, pricing =>
        {
            pricing.Property(bill => bill.SubtotalXaf).HasColumnName("subtotal_xaf");
            pricing.Property(bill => bill.DeliveryFeeXaf).HasColumnName("delivery_fee_xaf");
            pricing.Property(bill => bill.ServiceFeeXaf).HasColumnName("service_fee_xaf");
            pricing.Property(bill => bill.TaxXaf).HasColumnName("tax_xaf");
            pricing.Property(bill => bill.DiscountXaf).HasColumnName("discount_xaf");
            pricing.Property(bill => bill.TipXaf).HasColumnName("tip_xaf");
            pricing.Property(bill => bill.TotalXaf).HasColumnName("total_xaf");
            pricing.Property(bill => bill.LoyaltyXaf).HasColumnName("loyalty_xaf");
        });
        builder.Property<DateTimeOffset?>(WatchAt);
        builder.Property<int>(WatchTries);
        builder.HasIndex(WatchAt).HasFilter("watch_at IS NOT NULL");
        builder.HasMany(order => order.Items).WithOne().HasForeignKey(item => item.OrderId);
        builder.HasMany(order => order.History).WithOne().HasForeignKey(change => change.OrderId);
        builder.HasOne(order => order.Rating).WithOne().HasForeignKey<OrderRating>(rating => rating.OrderId);
        builder.HasIndex(order => order.OrderNumber).IsUnique();
        builder.HasIndex(order => new { order.CustomerId, order.CreatedAt });
        builder.HasIndex(order => new { order.RestaurantOwnerId, order.CreatedAt });
        builder.HasIndex(order => new { order.DriverId, order.CreatedAt }).HasFilter("driver_id IS NOT NULL");
        builder.HasIndex(order => order.CreatedAt);
        builder.HasIndex(order => new { order.RestaurantOwnerId, order.ReleasedAt })
            .HasFilter("status IN ('pending', 'confirmed', 'preparing', 'ready')")
            .HasDatabaseName("ix_orders_kitchen_board");
    }
}

internal sealed class OrderItemMapping : IEntityTypeConfiguration<OrderItem>
{
    // Items never change after the order is placed, so the reference is comparison enough.
    private static readonly ValueComparer<IReadOnlyList<ItemCustomization>> ByReference =
        new((left, right) => ReferenceEquals(left, right), list => list.Count, list => list);

    public void Configure(EntityTypeBuilder<OrderItem> builder)
    {
        builder.ToTable("order_items");
        builder.HasKey(item => new { item.OrderId, item.Position });
        builder.Property(item => item.Position).ValueGeneratedNever();
        builder.Property(item => item.Customizations)
            .HasColumnType("jsonb")
            .HasConversion(
                list => JsonSerializer.Serialize(list, JsonSerializerOptions.Web),
                json => JsonSerializer.Deserialize<IReadOnlyList<ItemCustomization>>(json, JsonSerializerOptions.Web)!,
                ByReference);
    }
}

internal sealed class OrderEventMapping : IEntityTypeConfiguration<OrderEvent>
{
    public void Configure(EntityTypeBuilder<OrderEvent> builder)
    {
        builder.ToTable("order_events", table => table.HasComment(EatFast.Data.Migrations.AppendOnly));
        builder.HasKey(change => new { change.OrderId, change.Version });
        builder.Property(change => change.Version).ValueGeneratedNever();
        builder.Ignore(change => change.AmountXaf);
    }
}

internal sealed class OrderRatingMapping : IEntityTypeConfiguration<OrderRating>
{
    public void Configure(EntityTypeBuilder<OrderRating> builder)
    {
        builder.ToTable("order_ratings");
        builder.HasKey(rating => rating.OrderId);
        builder.Property(rating => rating.OrderId).ValueGeneratedNever();
        builder.Property(rating => rating.Photos).HasColumnType("text[]").HasDefaultValueSql("'{}'");
    }
}

internal sealed class OrderTimerMapping : IEntityTypeConfiguration<OrderTimer>
{
    public void Configure(EntityTypeBuilder<OrderTimer> builder)
    {
        builder.ToTable("order_timers");
        builder.Property(timer => timer.Id).ValueGeneratedNever();
        builder.HasOne<Order>().WithMany().HasForeignKey(timer => timer.OrderId);
        builder.HasIndex(timer => timer.DueAt).HasFilter("done_at IS NULL");
        builder.HasIndex(timer => timer.OrderId);
    }
}
