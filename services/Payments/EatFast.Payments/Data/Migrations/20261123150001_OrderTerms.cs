using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Payments.Data.Migrations
{
    /// <inheritdoc />
    public partial class OrderTerms : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // What was ordered before was shared by the one rate of that time.
            migrationBuilder.AddColumn<decimal>(
                name: "commission_percent",
                schema: "payments",
                table: "payments",
                type: "numeric(5,2)",
                precision: 5,
                scale: 2,
                nullable: false,
                defaultValue: 15m);

            migrationBuilder.CreateTable(
                name: "converted_guests",
                schema: "payments",
                columns: table => new
                {
                    guest_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_converted_guests", x => x.guest_id);
                });

            migrationBuilder.CreateTable(
                name: "restaurant_rates",
                schema: "payments",
                columns: table => new
                {
                    restaurant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    commission_percent = table.Column<decimal>(type: "numeric(5,2)", precision: 5, scale: 2, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_restaurant_rates", x => x.restaurant_id);
                });

            migrationBuilder.CreateTable(
                name: "saved_methods",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    @operator = table.Column<string>(name: "operator", type: "text", nullable: false),
                    sealed_phone = table.Column<string>(type: "text", nullable: false),
                    label = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_saved_methods", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_payments_updated_at_id",
                schema: "payments",
                table: "payments",
                columns: new[] { "updated_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_payment_attempts_created_at",
                schema: "payments",
                table: "payment_attempts",
                column: "created_at",
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_saved_methods_customer_id_created_at",
                schema: "payments",
                table: "saved_methods",
                columns: new[] { "customer_id", "created_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "converted_guests",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "restaurant_rates",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "saved_methods",
                schema: "payments");

            migrationBuilder.DropIndex(
                name: "ix_payments_updated_at_id",
                schema: "payments",
                table: "payments");

            migrationBuilder.DropIndex(
                name: "ix_payment_attempts_created_at",
                schema: "payments",
                table: "payment_attempts");

            migrationBuilder.DropColumn(
                name: "commission_percent",
                schema: "payments",
                table: "payments");
        }
    }
}
