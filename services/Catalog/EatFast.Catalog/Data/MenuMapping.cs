using EatFast.Catalog.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NpgsqlTypes;

namespace EatFast.Catalog.Data;

internal static class MenuMapping
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<MenuCategory>(category =>
        {
            category.ToTable("menu_categories");
            category.Property(c => c.Id).ValueGeneratedNever();
            category.HasOne<Restaurant>().WithMany().HasForeignKey(c => c.RestaurantId);
            category.HasIndex(c => new { c.RestaurantId, c.SortOrder });
        });
        model.Entity<MenuItem>(item =>
        {
            item.ToTable("menu_items", table =>
            {
                table.HasCheckConstraint("ck_menu_items_money", "price_xaf >= 0");
                table.HasCheckConstraint("ck_menu_items_stock", "stock >= 0");
            });
            item.Property(i => i.Id).ValueGeneratedNever();
            item.Property(i => i.Version).IsConcurrencyToken();
            item.Property(i => i.Name).HasMaxLength(120);
            item.Property(i => i.Description).HasMaxLength(2000);
            item.PrimitiveCollection(i => i.Allergens);
            item.PrimitiveCollection(i => i.DietaryTags);
            item.HasOne<Restaurant>().WithMany().HasForeignKey(i => i.RestaurantId);
            item.HasOne<MenuCategory>().WithMany().HasForeignKey(i => i.CategoryId);
            item.HasMany(i => i.Options).WithOne().HasForeignKey(o => o.MenuItemId);

            item.Property<NpgsqlTsVector>(TextSearch.Vector).HasComputedColumnSql(TextSearch.VectorOf("name", "description"), stored: true);
            item.Property<string>(TextSearch.Name).HasComputedColumnSql("catalog.plain(name)", stored: true);
            item.HasIndex(TextSearch.Vector).HasMethod("gin");
            // Written by triggers (DishTowns) and never by us.
            var town = item.Property<string?>(TextSearch.City).ValueGeneratedOnAddOrUpdate().Metadata;
            town.SetBeforeSaveBehavior(PropertySaveBehavior.Ignore);
            town.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
            item.HasIndex(TextSearch.Name, TextSearch.City).HasFilter("search_city IS NOT NULL")
                .IncludeProperties(nameof(MenuItem.RestaurantId), nameof(MenuItem.Id));
            item.HasIndex(i => i.RestaurantId);
            item.HasIndex(i => new { i.CategoryId, i.SortOrder });
        });
        model.Entity<ItemOption>(option =>
        {
            option.ToTable("item_options", table =>
                table.HasCheckConstraint("ck_item_options_type", "type IN ('single_select', 'multi_select', 'quantity')"));
            option.Property(o => o.Id).ValueGeneratedNever();
            option.HasMany(o => o.Values).WithOne().HasForeignKey(v => v.ItemOptionId);
        });
        model.Entity<ItemOptionValue>(value =>
        {
            value.ToTable("item_option_values", table => table.HasCheckConstraint("ck_item_option_values_money", "price_xaf >= 0"));
            value.Property(v => v.Id).ValueGeneratedNever();
        });
        model.Entity<DishName>(dish =>
        {
            dish.ToTable("dish_names");
            dish.HasKey(d => d.Name);
            dish.Property<NpgsqlTsVector>(TextSearch.Vector).HasComputedColumnSql(TextSearch.VectorOf("name"), stored: true);
            dish.HasIndex(TextSearch.Vector).HasMethod("gin");
            dish.HasIndex(d => d.Name).HasMethod("gin").HasOperators("gin_trgm_ops");
        });
        model.Entity<StockHold>(hold =>
        {
            hold.ToTable("stock_holds", table => table.HasCheckConstraint("ck_stock_holds_quantity", "quantity > 0"));
            hold.HasKey(h => new { h.OrderId, h.ItemId });
            hold.HasIndex(h => h.TakenAt).HasFilter("confirmed_at IS NULL");
        });
    }
}
