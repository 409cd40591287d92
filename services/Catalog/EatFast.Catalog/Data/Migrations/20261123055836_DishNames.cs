using Microsoft.EntityFrameworkCore.Migrations;
using NpgsqlTypes;

#nullable disable

namespace EatFast.Catalog.Data.Migrations
{
    /// <inheritdoc />
    public partial class DishNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "dish_names",
                schema: "catalog",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    search_vector = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: true, computedColumnSql: "setweight(to_tsvector('french'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('simple'::regconfig, catalog.plain(name)), 'A')", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dish_names", x => x.name);
                });

            migrationBuilder.CreateIndex(
                name: "ix_menu_items_dishes_by_name",
                schema: "catalog",
                table: "menu_items",
                column: "search_name")
                .Annotation("Npgsql:IndexInclude", new[] { "restaurant_id", "category_id" });

            migrationBuilder.CreateIndex(
                name: "ix_menu_categories_hidden",
                schema: "catalog",
                table: "menu_categories",
                column: "id",
                filter: "NOT is_active");

            migrationBuilder.CreateIndex(
                name: "ix_dish_names_name",
                schema: "catalog",
                table: "dish_names",
                column: "name")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });

            migrationBuilder.CreateIndex(
                name: "ix_dish_names_search_vector",
                schema: "catalog",
                table: "dish_names",
                column: "search_vector")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.Sql(CatalogFunctions.KeepDishNames);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(CatalogFunctions.ForgetDishNames);

            migrationBuilder.DropTable(
                name: "dish_names",
                schema: "catalog");

            migrationBuilder.DropIndex(
                name: "ix_menu_items_dishes_by_name",
                schema: "catalog",
                table: "menu_items");

            migrationBuilder.DropIndex(
                name: "ix_menu_categories_hidden",
                schema: "catalog",
                table: "menu_categories");
        }
    }
}
