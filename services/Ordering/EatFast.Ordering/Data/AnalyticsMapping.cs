using EatFast.Ordering.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EatFast.Ordering.Data;

internal sealed class AnalyticsEventMapping : IEntityTypeConfiguration<AnalyticsEvent>
{
    public void Configure(EntityTypeBuilder<AnalyticsEvent> builder)
    {
        builder.ToTable("analytics");
        builder.Property(happened => happened.Id).ValueGeneratedNever();
        builder.Property(happened => happened.Name).HasMaxLength(60);
        builder.Property(happened => happened.SessionId).HasMaxLength(100);
        builder.Property(happened => happened.Properties).HasColumnType("jsonb");
        builder.HasIndex(happened => happened.OccurredAt);
        builder.HasIndex(happened => happened.RecordedAt);
    }
}

internal sealed class AnalyticsRollupMapping : IEntityTypeConfiguration<AnalyticsRollup>
{
    public void Configure(EntityTypeBuilder<AnalyticsRollup> builder)
    {
        builder.ToTable("analytics_rollups", table => table.HasCheckConstraint("ck_analytics_rollups_grain", "grain IN ('hour', 'day')"));
        builder.HasKey(rollup => new { rollup.Grain, rollup.Bucket, rollup.Name });
    }
}

internal sealed class AnalyticsForwardingMapping : IEntityTypeConfiguration<AnalyticsForwarding>
{
    public void Configure(EntityTypeBuilder<AnalyticsForwarding> builder)
    {
        builder.ToTable("analytics_forwarding");
        builder.HasKey(forwarding => forwarding.Receiver);
        builder.Property(forwarding => forwarding.Receiver).HasMaxLength(20);
    }
}
