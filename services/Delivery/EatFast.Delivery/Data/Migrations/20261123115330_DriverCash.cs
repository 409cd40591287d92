using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Delivery.Data.Migrations
{
    /// <inheritdoc />
    public partial class DriverCash : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "may_take_cash",
                schema: "delivery",
                table: "drivers",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_cash",
                schema: "delivery",
                table: "deliveries",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.Sql("UPDATE delivery.deliveries SET is_cash = true WHERE \"order\"->>'paymentMethod' = 'cash'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "may_take_cash",
                schema: "delivery",
                table: "drivers");

            migrationBuilder.DropColumn(
                name: "is_cash",
                schema: "delivery",
                table: "deliveries");
        }
    }
}
