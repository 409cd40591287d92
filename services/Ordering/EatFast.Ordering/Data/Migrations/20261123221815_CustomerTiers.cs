using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Ordering.Data.Migrations
{
    /// <inheritdoc />
    public partial class CustomerTiers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "loyalty_xaf",
                schema: "ordering",
                table: "orders",
                type: "bigint",
                nullable: false,
                // No tier was in a price before; the services of the version before write none either.
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "customer_tiers",
                schema: "ordering",
                columns: table => new
                {
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tier = table.Column<string>(type: "text", nullable: false),
                    discount_percent = table.Column<int>(type: "integer", nullable: false),
                    has_free_delivery = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customer_tiers", x => x.customer_id);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_orders_loyalty",
                schema: "ordering",
                table: "orders",
                sql: "loyalty_xaf BETWEEN 0 AND discount_xaf");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "customer_tiers",
                schema: "ordering");

            migrationBuilder.DropCheckConstraint(
                name: "ck_orders_loyalty",
                schema: "ordering",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "loyalty_xaf",
                schema: "ordering",
                table: "orders");
        }
    }
}
