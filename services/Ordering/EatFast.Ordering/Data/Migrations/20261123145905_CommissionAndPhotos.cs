using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Ordering.Data.Migrations
{
    /// <inheritdoc />
    public partial class CommissionAndPhotos : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<decimal>(
                name: "commission_percent",
                schema: "ordering",
                table: "orders",
                type: "numeric",
                nullable: false,
                // Orders from before were placed at the one rate there was.
                defaultValue: 15m);

            migrationBuilder.AddColumn<string[]>(
                name: "photos",
                schema: "ordering",
                table: "order_ratings",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "commission_percent",
                schema: "ordering",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "photos",
                schema: "ordering",
                table: "order_ratings");
        }
    }
}
