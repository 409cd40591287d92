using System.Text.Json;
using EatFast.Ordering.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EatFast.Ordering.Data;

internal sealed class PromotionMapping : IEntityTypeConfiguration<Promotion>
{
    internal const string UsageRule = "ck_promotions_usage";

    private static readonly ValueComparer<IReadOnlyList<Guid>> ByEntries =
        new((left, right) => left!.SequenceEqual(right!), ids => ids.Count, ids => ids);

    public void Configure(EntityTypeBuilder<Promotion> builder)
    {
        builder.ToTable("promotions", table =>
        {
            table.HasCheckConstraint(UsageRule, "usage_count >= 0 AND (usage_limit = 0 OR usage_count <= usage_limit)");
            table.HasCheckConstraint("ck_promotions_type", "type IN ('percentage', 'fixed', 'free_delivery')");
        });
        builder.Property(promotion => promotion.Id).ValueGeneratedNever();
        builder.Property(promotion => promotion.Version).IsConcurrencyToken();
        builder.ComplexProperty(promotion => promotion.Terms, terms =>
        {
            terms.Property(t => t.Title).HasColumnName("title");
            terms.Property(t => t.Description).HasColumnName("description");
            terms.Property(t => t.Type).HasColumnName("type");
            terms.Property(t => t.Value).HasColumnName("value");
            terms.Property(t => t.MinimumOrderXaf).HasColumnName("minimum_order_xaf");
            terms.Property(t => t.MaximumDiscountXaf).HasColumnName("maximum_discount_xaf");
            terms.Property(t => t.StartsAt).HasColumnName("starts_at");
            terms.Property(t => t.EndsAt).HasColumnName("ends_at");
            terms.Property(t => t.IsFirstOrderOnly).HasColumnName("is_first_order_only");
            terms.Property(t => t.UsageLimit).HasColumnName("usage_limit");
            terms.Property(t => t.PerUserLimit).HasColumnName("per_user_limit");
            terms.Property(t => t.OwnerId).HasColumnName("owner_id");
            Ids(terms.Property(t => t.RestaurantIds).HasColumnName("restaurant_ids"));
            Ids(terms.Property(t => t.CategoryIds).HasColumnName("category_ids"));
        });
        builder.HasIndex(promotion => promotion.Code).IsUnique();
    }

    private static void Ids(ComplexTypePropertyBuilder<IReadOnlyList<Guid>> property) => property.HasColumnType("jsonb").HasConversion(
        ids => JsonSerializer.Serialize(ids, JsonSerializerOptions.Default),
        json => JsonSerializer.Deserialize<IReadOnlyList<Guid>>(json, JsonSerializerOptions.Default)!,
        ByEntries);
}

internal sealed class PromotionRedemptionMapping : IEntityTypeConfiguration<PromotionRedemption>
{
    public void Configure(EntityTypeBuilder<PromotionRedemption> builder)
    {
        builder.ToTable("promotion_redemptions");
        builder.HasKey(redemption => redemption.OrderId);
        builder.Property(redemption => redemption.OrderId).ValueGeneratedNever();
        builder.HasOne<Order>().WithOne().HasForeignKey<PromotionRedemption>(redemption => redemption.OrderId);
        builder.HasOne<Promotion>().WithMany().HasForeignKey(redemption => redemption.PromotionId);
        builder.HasIndex(redemption => new { redemption.PromotionId, redemption.CustomerId });
        builder.HasIndex(redemption => new { redemption.CustomerId, redemption.RedeemedAt });
    }
}

internal sealed class CustomerTierMapping : IEntityTypeConfiguration<CustomerTier>
{
    public void Configure(EntityTypeBuilder<CustomerTier> builder)
    {
        builder.ToTable("customer_tiers");
        builder.HasKey(tier => tier.CustomerId);
        builder.Property(tier => tier.CustomerId).ValueGeneratedNever();
    }
}
