using System.Text.Json;
using EatFast.Messaging;
using EatFast.Notifications.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EatFast.Notifications.Data;

/// <summary>The schema notifications: what users see, what is to be sent, what they want, and which orders they may follow.</summary>
public sealed class NotificationsDbContext(DbContextOptions<NotificationsDbContext> options) : DbContext(options)
{
    public const string Schema = "notifications";

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<OutgoingMessage> Messages => Set<OutgoingMessage>();

    public DbSet<Preferences> Preferences => Set<Preferences>();

    public DbSet<FollowedOrder> FollowedOrders => Set<FollowedOrder>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.MapMessaging();
        modelBuilder.Entity<Notification>(MapNotification);
        modelBuilder.Entity<OutgoingMessage>(MapMessage);
        modelBuilder.Entity<Preferences>(preferences =>
        {
            preferences.ToTable("notification_preferences");
            preferences.HasKey(row => row.UserId);
            preferences.Property(row => row.UserId).ValueGeneratedNever();
            preferences.Property(row => row.Language).HasMaxLength(2);
        });
        modelBuilder.Entity<FollowedOrder>(order =>
        {
            order.ToTable("followed_orders");
            order.HasKey(row => row.OrderId);
            order.Property(row => row.OrderId).ValueGeneratedNever();
            order.Property(row => row.Version).IsConcurrencyToken();
        });
    }

    private static void MapNotification(EntityTypeBuilder<Notification> notification)
    {
        notification.ToTable("notifications");
        notification.Property(row => row.Id).ValueGeneratedNever();
        MapValues(notification.Property(row => row.Values));
        notification.HasIndex(row => new { row.UserId, row.CreatedAt, row.Id }).IsDescending(false, true, true);
        notification.HasIndex(row => row.UserId, "ix_notifications_unread").HasFilter("read_at IS NULL");
        notification.HasIndex(row => new { row.SubjectId, row.Kind, row.UserId }).IsUnique();
    }

    private static void MapMessage(EntityTypeBuilder<OutgoingMessage> message)
    {
        message.ToTable("notification_messages");
        message.Property(row => row.Id).ValueGeneratedNever();
        MapValues(message.Property(row => row.Values));
        message.HasIndex(row => new { row.Channel, row.DueAt }).HasFilter("status = 'queued'");
        message.HasIndex(row => new { row.SubjectId, row.Kind, row.Channel }).IsUnique();
    }

    private static void MapValues(PropertyBuilder<IReadOnlyDictionary<string, string>> values) => values
        .HasColumnType("jsonb")
        .HasConversion(
            given => JsonSerializer.Serialize(given, JsonSerializerOptions.Web),
            stored => JsonSerializer.Deserialize<Dictionary<string, string>>(stored, JsonSerializerOptions.Web)!,
            new ValueComparer<IReadOnlyDictionary<string, string>>(
                (one, other) => ReferenceEquals(one, other), given => given.Count, given => given));
}
