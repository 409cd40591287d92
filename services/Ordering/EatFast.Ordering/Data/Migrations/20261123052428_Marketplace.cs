using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Ordering.Data.Migrations
{
    /// <inheritdoc />
    public partial class Marketplace : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "accepts_automatically",
                schema: "ordering",
                table: "orders",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "promo_code",
                schema: "ordering",
                table: "orders",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "category_id",
                schema: "ordering",
                table: "order_items",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "carts",
                schema: "ordering",
                columns: table => new
                {
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    restaurant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    lines = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_carts", x => x.owner_id);
                });

            migrationBuilder.CreateTable(
                name: "promotions",
                schema: "ordering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    is_active = table.Column<bool>(type: "boolean", nullable: false),
                    usage_count = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    category_ids = table.Column<string>(type: "jsonb", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    is_first_order_only = table.Column<bool>(type: "boolean", nullable: false),
                    maximum_discount_xaf = table.Column<long>(type: "bigint", nullable: true),
                    minimum_order_xaf = table.Column<long>(type: "bigint", nullable: false),
                    per_user_limit = table.Column<int>(type: "integer", nullable: false),
                    restaurant_ids = table.Column<string>(type: "jsonb", nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    usage_limit = table.Column<int>(type: "integer", nullable: false),
                    value = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_promotions", x => x.id);
                    table.CheckConstraint("ck_promotions_type", "type IN ('percentage', 'fixed', 'free_delivery')");
                    table.CheckConstraint("ck_promotions_usage", "usage_count >= 0 AND (usage_limit = 0 OR usage_count <= usage_limit)");
                });

            migrationBuilder.CreateTable(
                name: "promotion_redemptions",
                schema: "ordering",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    promotion_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    discount_xaf = table.Column<long>(type: "bigint", nullable: false),
                    redeemed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    released_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_promotion_redemptions", x => x.order_id);
                    table.ForeignKey(
                        name: "fk_promotion_redemptions_orders_order_id",
                        column: x => x.order_id,
                        principalSchema: "ordering",
                        principalTable: "orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_promotion_redemptions_promotions_promotion_id",
                        column: x => x.promotion_id,
                        principalSchema: "ordering",
                        principalTable: "promotions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_orders_bill",
                schema: "ordering",
                table: "orders",
                sql: "total_xaf = subtotal_xaf + delivery_fee_xaf + service_fee_xaf + tax_xaf - discount_xaf + tip_xaf AND total_xaf >= 0");

            migrationBuilder.CreateIndex(
                name: "ix_carts_updated_at",
                schema: "ordering",
                table: "carts",
                column: "updated_at");

            migrationBuilder.CreateIndex(
                name: "ix_promotion_redemptions_customer_id_redeemed_at",
                schema: "ordering",
                table: "promotion_redemptions",
                columns: new[] { "customer_id", "redeemed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_promotion_redemptions_promotion_id_customer_id",
                schema: "ordering",
                table: "promotion_redemptions",
                columns: new[] { "promotion_id", "customer_id" });

            migrationBuilder.CreateIndex(
                name: "ix_promotions_code",
                schema: "ordering",
                table: "promotions",
                column: "code",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "carts",
                schema: "ordering");

            migrationBuilder.DropTable(
                name: "promotion_redemptions",
                schema: "ordering");

            migrationBuilder.DropTable(
                name: "promotions",
                schema: "ordering");

            migrationBuilder.DropCheckConstraint(
                name: "ck_orders_bill",
                schema: "ordering",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "accepts_automatically",
                schema: "ordering",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "promo_code",
                schema: "ordering",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "category_id",
                schema: "ordering",
                table: "order_items");
        }
    }
}
