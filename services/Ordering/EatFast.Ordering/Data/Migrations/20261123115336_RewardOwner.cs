using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Ordering.Data.Migrations
{
    /// <inheritdoc />
    public partial class RewardOwner : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "owner_id",
                schema: "ordering",
                table: "promotions",
                type: "uuid",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "owner_id",
                schema: "ordering",
                table: "promotions");
        }
    }
}
