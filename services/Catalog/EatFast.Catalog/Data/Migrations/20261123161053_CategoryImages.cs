using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Catalog.Data.Migrations
{
    /// <inheritdoc />
    public partial class CategoryImages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "image_url",
                schema: "catalog",
                table: "menu_categories",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "image_url",
                schema: "catalog",
                table: "menu_categories");
        }
    }
}
