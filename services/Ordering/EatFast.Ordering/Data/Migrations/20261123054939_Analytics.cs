using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Ordering.Data.Migrations
{
    /// <inheritdoc />
    public partial class Analytics : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "delivery_type",
                schema: "ordering",
                table: "orders",
                type: "text",
                nullable: false,
                defaultValue: "delivery");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "scheduled_for",
                schema: "ordering",
                table: "orders",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "sealed_guest",
                schema: "ordering",
                table: "orders",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "analytics",
                schema: "ordering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    session_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    order_id = table.Column<Guid>(type: "uuid", nullable: true),
                    restaurant_id = table.Column<Guid>(type: "uuid", nullable: true),
                    amount_xaf = table.Column<long>(type: "bigint", nullable: true),
                    properties = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_analytics", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "analytics_rollups",
                schema: "ordering",
                columns: table => new
                {
                    grain = table.Column<string>(type: "text", nullable: false),
                    bucket = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    amount_xaf = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_analytics_rollups", x => new { x.grain, x.bucket, x.name });
                    table.CheckConstraint("ck_analytics_rollups_grain", "grain IN ('hour', 'day')");
                });

            migrationBuilder.CreateIndex(
                name: "ix_analytics_occurred_at",
                schema: "ordering",
                table: "analytics",
                column: "occurred_at");

            migrationBuilder.CreateIndex(
                name: "ix_analytics_recorded_at",
                schema: "ordering",
                table: "analytics",
                column: "recorded_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "analytics",
                schema: "ordering");

            migrationBuilder.DropTable(
                name: "analytics_rollups",
                schema: "ordering");

            migrationBuilder.DropColumn(
                name: "delivery_type",
                schema: "ordering",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "scheduled_for",
                schema: "ordering",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "sealed_guest",
                schema: "ordering",
                table: "orders");
        }
    }
}
