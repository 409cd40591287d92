using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Payments.Data.Migrations
{
    /// <inheritdoc />
    public partial class ProviderPort : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "moved_xaf",
                schema: "payments",
                table: "payment_attempts",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "provider",
                schema: "payments",
                table: "payment_attempts",
                type: "text",
                nullable: false,
                defaultValue: "campay");

            migrationBuilder.AddColumn<Guid>(
                name: "refund_id",
                schema: "payments",
                table: "payment_attempts",
                type: "uuid",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "moved_xaf",
                schema: "payments",
                table: "payment_attempts");

            migrationBuilder.DropColumn(
                name: "provider",
                schema: "payments",
                table: "payment_attempts");

            migrationBuilder.DropColumn(
                name: "refund_id",
                schema: "payments",
                table: "payment_attempts");
        }
    }
}
