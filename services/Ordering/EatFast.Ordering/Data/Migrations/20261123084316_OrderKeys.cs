using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Ordering.Data.Migrations
{
    /// <inheritdoc />
    public partial class OrderKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "data_key",
                schema: "ordering",
                table: "orders",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "sealed_door",
                schema: "ordering",
                table: "orders",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "data_key",
                schema: "ordering",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "sealed_door",
                schema: "ordering",
                table: "orders");
        }
    }
}
