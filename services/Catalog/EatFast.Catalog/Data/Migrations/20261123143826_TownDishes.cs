using Microsoft.EntityFrameworkCore.Migrations;
using NpgsqlTypes;

#nullable disable

namespace EatFast.Catalog.Data.Migrations
{
    /// <inheritdoc />
    public partial class TownDishes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_restaurants_search_city",
                schema: "catalog",
                table: "restaurants");

            migrationBuilder.DropIndex(
                name: "ix_menu_items_dishes_by_name",
                schema: "catalog",
                table: "menu_items");

            migrationBuilder.DropIndex(
                name: "ix_menu_items_search_name",
                schema: "catalog",
                table: "menu_items");

            migrationBuilder.DropIndex(
                name: "ix_menu_categories_hidden",
                schema: "catalog",
                table: "menu_categories");

            migrationBuilder.AddColumn<string>(
                name: "search_city",
                schema: "catalog",
                table: "menu_items",
                type: "text",
                nullable: true);

            migrationBuilder.AlterColumn<NpgsqlTsVector>(
                name: "search_vector",
                schema: "catalog",
                table: "restaurants",
                type: "tsvector",
                nullable: true,
                computedColumnSql: "setweight(to_tsvector('french'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('english'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('simple'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('french'::regconfig, catalog.plain(cuisine_type)), 'C') || setweight(to_tsvector('english'::regconfig, catalog.plain(cuisine_type)), 'C') || setweight(to_tsvector('simple'::regconfig, catalog.plain(cuisine_type)), 'C') || setweight(to_tsvector('french'::regconfig, catalog.plain(description)), 'C') || setweight(to_tsvector('english'::regconfig, catalog.plain(description)), 'C') || setweight(to_tsvector('simple'::regconfig, catalog.plain(description)), 'C')",
                stored: true,
                oldClrType: typeof(NpgsqlTsVector),
                oldType: "tsvector",
                oldNullable: true,
                oldComputedColumnSql: "setweight(to_tsvector('french'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('simple'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('french'::regconfig, catalog.plain(cuisine_type)), 'C') || setweight(to_tsvector('simple'::regconfig, catalog.plain(cuisine_type)), 'C') || setweight(to_tsvector('french'::regconfig, catalog.plain(description)), 'C') || setweight(to_tsvector('simple'::regconfig, catalog.plain(description)), 'C')",
                oldStored: true);

            migrationBuilder.AlterColumn<NpgsqlTsVector>(
                name: "search_vector",
                schema: "catalog",
                table: "menu_items",
                type: "tsvector",
                nullable: true,
                computedColumnSql: "setweight(to_tsvector('french'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('english'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('simple'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('french'::regconfig, catalog.plain(description)), 'C') || setweight(to_tsvector('english'::regconfig, catalog.plain(description)), 'C') || setweight(to_tsvector('simple'::regconfig, catalog.plain(description)), 'C')",
                stored: true,
                oldClrType: typeof(NpgsqlTsVector),
                oldType: "tsvector",
                oldNullable: true,
                oldComputedColumnSql: "setweight(to_tsvector('french'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('simple'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('french'::regconfig, catalog.plain(description)), 'C') || setweight(to_tsvector('simple'::regconfig, catalog.plain(description)), 'C')",
                oldStored: true);

            migrationBuilder.AlterColumn<NpgsqlTsVector>(
                name: "search_vector",
                schema: "catalog",
                table: "dish_names",
                type: "tsvector",
                nullable: true,
                computedColumnSql: "setweight(to_tsvector('french'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('english'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('simple'::regconfig, catalog.plain(name)), 'A')",
                stored: true,
                oldClrType: typeof(NpgsqlTsVector),
                oldType: "tsvector",
                oldNullable: true,
                oldComputedColumnSql: "setweight(to_tsvector('french'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('simple'::regconfig, catalog.plain(name)), 'A')",
                oldStored: true);

            migrationBuilder.CreateIndex(
                name: "ix_restaurants_delivery_fee_xaf_id",
                schema: "catalog",
                table: "restaurants",
                columns: new[] { "delivery_fee_xaf", "id" },
                filter: "status = 'active'");

            migrationBuilder.CreateIndex(
                name: "ix_restaurants_delivery_minutes_id",
                schema: "catalog",
                table: "restaurants",
                columns: new[] { "delivery_minutes", "id" },
                filter: "status = 'active'");

            migrationBuilder.CreateIndex(
                name: "ix_restaurants_rating_review_count_id",
                schema: "catalog",
                table: "restaurants",
                columns: new[] { "rating", "review_count", "id" },
                descending: new[] { true, true, false },
                filter: "status = 'active'");

            migrationBuilder.CreateIndex(
                name: "ix_restaurants_search_city",
                schema: "catalog",
                table: "restaurants",
                column: "search_city",
                filter: "status = 'active'")
                .Annotation("Npgsql:IndexInclude", new[] { "id", "rating", "review_count", "latitude", "longitude" });

            migrationBuilder.CreateIndex(
                name: "ix_menu_items_search_name_search_city",
                schema: "catalog",
                table: "menu_items",
                columns: new[] { "search_name", "search_city" },
                filter: "search_city IS NOT NULL")
                .Annotation("Npgsql:IndexInclude", new[] { "restaurant_id", "id" });

            migrationBuilder.Sql(DishTowns.Keep);
            migrationBuilder.Sql(DishTowns.PlanForShortQuestions);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(DishTowns.Forget);

            migrationBuilder.DropIndex(
                name: "ix_restaurants_delivery_fee_xaf_id",
                schema: "catalog",
                table: "restaurants");

            migrationBuilder.DropIndex(
                name: "ix_restaurants_delivery_minutes_id",
                schema: "catalog",
                table: "restaurants");

            migrationBuilder.DropIndex(
                name: "ix_restaurants_rating_review_count_id",
                schema: "catalog",
                table: "restaurants");

            migrationBuilder.DropIndex(
                name: "ix_restaurants_search_city",
                schema: "catalog",
                table: "restaurants");

            migrationBuilder.DropIndex(
                name: "ix_menu_items_search_name_search_city",
                schema: "catalog",
                table: "menu_items");

            migrationBuilder.DropColumn(
                name: "search_city",
                schema: "catalog",
                table: "menu_items");

            migrationBuilder.AlterColumn<NpgsqlTsVector>(
                name: "search_vector",
                schema: "catalog",
                table: "restaurants",
                type: "tsvector",
                nullable: true,
                computedColumnSql: "setweight(to_tsvector('french'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('simple'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('french'::regconfig, catalog.plain(cuisine_type)), 'C') || setweight(to_tsvector('simple'::regconfig, catalog.plain(cuisine_type)), 'C') || setweight(to_tsvector('french'::regconfig, catalog.plain(description)), 'C') || setweight(to_tsvector('simple'::regconfig, catalog.plain(description)), 'C')",
                stored: true,
                oldClrType: typeof(NpgsqlTsVector),
                oldType: "tsvector",
                oldNullable: true,
                oldComputedColumnSql: "setweight(to_tsvector('french'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('english'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('simple'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('french'::regconfig, catalog.plain(cuisine_type)), 'C') || setweight(to_tsvector('english'::regconfig, catalog.plain(cuisine_type)), 'C') || setweight(to_tsvector('simple'::regconfig, catalog.plain(cuisine_type)), 'C') || setweight(to_tsvector('french'::regconfig, catalog.plain(description)), 'C') || setweight(to_tsvector('english'::regconfig, catalog.plain(description)), 'C') || setweight(to_tsvector('simple'::regconfig, catalog.plain(description)), 'C')",
                oldStored: true);

            migrationBuilder.AlterColumn<NpgsqlTsVector>(
                name: "search_vector",
                schema: "catalog",
                table: "menu_items",
                type: "tsvector",
                nullable: true,
                computedColumnSql: "setweight(to_tsvector('french'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('simple'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('french'::regconfig, catalog.plain(description)), 'C') || setweight(to_tsvector('simple'::regconfig, catalog.plain(description)), 'C')",
                stored: true,
                oldClrType: typeof(NpgsqlTsVector),
                oldType: "tsvector",
                oldNullable: true,
                oldComputedColumnSql: "setweight(to_tsvector('french'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('english'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('simple'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('french'::regconfig, catalog.plain(description)), 'C') || setweight(to_tsvector('english'::regconfig, catalog.plain(description)), 'C') || setweight(to_tsvector('simple'::regconfig, catalog.plain(description)), 'C')",
                oldStored: true);

            migrationBuilder.AlterColumn<NpgsqlTsVector>(
                name: "search_vector",
                schema: "catalog",
                table: "dish_names",
                type: "tsvector",
                nullable: true,
                computedColumnSql: "setweight(to_tsvector('french'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('simple'::regconfig, catalog.plain(name)), 'A')",
                stored: true,
                oldClrType: typeof(NpgsqlTsVector),
                oldType: "tsvector",
                oldNullable: true,
                oldComputedColumnSql: "setweight(to_tsvector('french'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('english'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('simple'::regconfig, catalog.plain(name)), 'A')",
                oldStored: true);

            migrationBuilder.CreateIndex(
                name: "ix_restaurants_search_city",
                schema: "catalog",
                table: "restaurants",
                column: "search_city",
                filter: "status = 'active'");

            migrationBuilder.CreateIndex(
                name: "ix_menu_items_dishes_by_name",
                schema: "catalog",
                table: "menu_items",
                column: "search_name")
                .Annotation("Npgsql:IndexInclude", new[] { "restaurant_id", "category_id" });

            migrationBuilder.CreateIndex(
                name: "ix_menu_items_search_name",
                schema: "catalog",
                table: "menu_items",
                column: "search_name")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });

            migrationBuilder.CreateIndex(
                name: "ix_menu_categories_hidden",
                schema: "catalog",
                table: "menu_categories",
                column: "id",
                filter: "NOT is_active");
        }
    }
}
