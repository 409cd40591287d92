using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Catalog.Data.Migrations
{
    /// <inheritdoc />
    public partial class OwnMenus : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(CatalogFunctions.CreateIsOpenWithHolidays);

            migrationBuilder.AddColumn<bool>(
                name: "accepts_automatically",
                schema: "catalog",
                table: "restaurants",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateOnly[]>(
                name: "closed_on",
                schema: "catalog",
                table: "restaurants",
                type: "date[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<decimal>(
                name: "commission_percent",
                schema: "catalog",
                table: "restaurants",
                type: "numeric(5,2)",
                precision: 5,
                scale: 2,
                nullable: false,
                defaultValue: 15m);

            migrationBuilder.AddColumn<string>(
                name: "delivery_area",
                schema: "catalog",
                table: "restaurants",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'{\"RadiusKm\":null,\"Zones\":[]}'");

            migrationBuilder.AddColumn<string>(
                name: "email",
                schema: "catalog",
                table: "restaurants",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "paused_until",
                schema: "catalog",
                table: "restaurants",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "status_reason",
                schema: "catalog",
                table: "restaurants",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "stock",
                schema: "catalog",
                table: "menu_items",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "stock_holds",
                schema: "catalog",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    item_id = table.Column<Guid>(type: "uuid", nullable: false),
                    restaurant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stock_holds", x => new { x.order_id, x.item_id });
                    table.CheckConstraint("ck_stock_holds_quantity", "quantity > 0");
                });

            migrationBuilder.CreateIndex(
                name: "ix_restaurants_status_created_at_id",
                schema: "catalog",
                table: "restaurants",
                columns: new[] { "status", "created_at", "id" });

            migrationBuilder.AddCheckConstraint(
                name: "ck_restaurants_commission",
                schema: "catalog",
                table: "restaurants",
                sql: "commission_percent BETWEEN 0 AND 100");

            migrationBuilder.AddCheckConstraint(
                name: "ck_menu_items_stock",
                schema: "catalog",
                table: "menu_items",
                sql: "stock >= 0");

            migrationBuilder.CreateIndex(
                name: "ix_stock_holds_taken_at",
                schema: "catalog",
                table: "stock_holds",
                column: "taken_at",
                filter: "confirmed_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(CatalogFunctions.DropIsOpenWithHolidays);

            migrationBuilder.DropTable(
                name: "stock_holds",
                schema: "catalog");

            migrationBuilder.DropIndex(
                name: "ix_restaurants_status_created_at_id",
                schema: "catalog",
                table: "restaurants");

            migrationBuilder.DropCheckConstraint(
                name: "ck_restaurants_commission",
                schema: "catalog",
                table: "restaurants");

            migrationBuilder.DropCheckConstraint(
                name: "ck_menu_items_stock",
                schema: "catalog",
                table: "menu_items");

            migrationBuilder.DropColumn(
                name: "accepts_automatically",
                schema: "catalog",
                table: "restaurants");

            migrationBuilder.DropColumn(
                name: "closed_on",
                schema: "catalog",
                table: "restaurants");

            migrationBuilder.DropColumn(
                name: "commission_percent",
                schema: "catalog",
                table: "restaurants");

            migrationBuilder.DropColumn(
                name: "delivery_area",
                schema: "catalog",
                table: "restaurants");

            migrationBuilder.DropColumn(
                name: "email",
                schema: "catalog",
                table: "restaurants");

            migrationBuilder.DropColumn(
                name: "paused_until",
                schema: "catalog",
                table: "restaurants");

            migrationBuilder.DropColumn(
                name: "status_reason",
                schema: "catalog",
                table: "restaurants");

            migrationBuilder.DropColumn(
                name: "stock",
                schema: "catalog",
                table: "menu_items");
        }
    }
}
