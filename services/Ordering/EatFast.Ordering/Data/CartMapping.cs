using System.Text.Json;
using EatFast.Ordering.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EatFast.Ordering.Data;

internal sealed class CartMapping : IEntityTypeConfiguration<Cart>
{
    // Each change of a cart makes a new list.
    private static readonly ValueComparer<IReadOnlyList<CartLine>> ByReference =
        new((left, right) => ReferenceEquals(left, right), list => list.Count, list => list);

    public void Configure(EntityTypeBuilder<Cart> builder)
    {
        builder.ToTable("carts");
        builder.HasKey(cart => cart.OwnerId);
        builder.Property(cart => cart.OwnerId).ValueGeneratedNever();
        builder.Property(cart => cart.Version).IsConcurrencyToken();
        builder.Property(cart => cart.Lines).HasColumnType("jsonb").HasConversion(
            list => JsonSerializer.Serialize(list, JsonSerializerOptions.Web),
            json => JsonSerializer.Deserialize<IReadOnlyList<CartLine>>(json, JsonSerializerOptions.Web)!,
            ByReference);
        builder.HasIndex(cart => cart.UpdatedAt);
    }
}
