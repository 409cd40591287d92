using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Payments.Data.Migrations
{
    /// <inheritdoc />
    public partial class ToldEdition : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Whoever has points already has yet to be told of: see TellTiers.
            migrationBuilder.AddColumn<string>(
                name: "told_edition",
                schema: "payments",
                table: "loyalty_accounts",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "told_edition",
                schema: "payments",
                table: "loyalty_accounts");
        }
    }
}
