using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Delivery.Data.Migrations
{
    /// <inheritdoc />
    public partial class PersonalKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "data_key",
                schema: "delivery",
                table: "drivers",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "sealed_contact",
                schema: "delivery",
                table: "drivers",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "data_key",
                schema: "delivery",
                table: "deliveries",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "sealed_door",
                schema: "delivery",
                table: "deliveries",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "data_key",
                schema: "delivery",
                table: "drivers");

            migrationBuilder.DropColumn(
                name: "sealed_contact",
                schema: "delivery",
                table: "drivers");

            migrationBuilder.DropColumn(
                name: "data_key",
                schema: "delivery",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "sealed_door",
                schema: "delivery",
                table: "deliveries");
        }
    }
}
