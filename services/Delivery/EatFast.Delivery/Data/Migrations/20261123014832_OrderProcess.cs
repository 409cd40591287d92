using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Delivery.Data.Migrations
{
    /// <inheritdoc />
    public partial class OrderProcess : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "offer_ends_at",
                schema: "delivery",
                table: "deliveries",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "offered_to",
                schema: "delivery",
                table: "deliveries",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "stalled_at",
                schema: "delivery",
                table: "deliveries",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "delivery_offers",
                schema: "delivery",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    delivery_id = table.Column<Guid>(type: "uuid", nullable: false),
                    driver_id = table.Column<Guid>(type: "uuid", nullable: false),
                    offered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_delivery_offers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "delivery_timers",
                schema: "delivery",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    delivery_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_delivery_timers", x => x.id);
                    table.ForeignKey(
                        name: "fk_delivery_timers_deliveries_delivery_id",
                        column: x => x.delivery_id,
                        principalSchema: "delivery",
                        principalTable: "deliveries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_drivers_status",
                schema: "delivery",
                table: "drivers",
                column: "status",
                filter: "status = 'online'");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_offered_to",
                schema: "delivery",
                table: "deliveries",
                column: "offered_to",
                filter: "status = 'pending'");

            migrationBuilder.CreateIndex(
                name: "ix_delivery_offers_delivery_id_driver_id",
                schema: "delivery",
                table: "delivery_offers",
                columns: new[] { "delivery_id", "driver_id" });

            migrationBuilder.CreateIndex(
                name: "ix_delivery_timers_delivery_id_kind",
                schema: "delivery",
                table: "delivery_timers",
                columns: new[] { "delivery_id", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_delivery_timers_due_at",
                schema: "delivery",
                table: "delivery_timers",
                column: "due_at",
                filter: "done_at IS NULL");

            migrationBuilder.Sql(ProcessRules.Sql);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "delivery_offers",
                schema: "delivery");

            migrationBuilder.DropTable(
                name: "delivery_timers",
                schema: "delivery");

            migrationBuilder.DropIndex(
                name: "ix_drivers_status",
                schema: "delivery",
                table: "drivers");

            migrationBuilder.DropIndex(
                name: "ix_deliveries_offered_to",
                schema: "delivery",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "offer_ends_at",
                schema: "delivery",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "offered_to",
                schema: "delivery",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "stalled_at",
                schema: "delivery",
                table: "deliveries");
        }
    }
}
