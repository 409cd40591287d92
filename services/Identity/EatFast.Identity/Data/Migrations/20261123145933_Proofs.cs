using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class Proofs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "extras",
                schema: "identity",
                table: "users",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "loyalty_points",
                schema: "identity",
                table: "users",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "loyalty_tier",
                schema: "identity",
                table: "users",
                type: "text",
                nullable: false,
                defaultValue: "bronze");

            migrationBuilder.AddColumn<int>(
                name: "loyalty_version",
                schema: "identity",
                table: "users",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "pending_email",
                schema: "identity",
                table: "users",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "pending_phone",
                schema: "identity",
                table: "users",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "total_orders",
                schema: "identity",
                table: "users",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "total_spent",
                schema: "identity",
                table: "users",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "user_agent",
                schema: "identity",
                table: "trusted_devices",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<byte[]>(
                name: "rotated_by",
                schema: "identity",
                table: "refresh_tokens",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "sealed_secret",
                schema: "identity",
                table: "refresh_tokens",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "origin",
                schema: "identity",
                table: "one_time_codes",
                type: "bytea",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_one_time_codes_origin_issued_at",
                schema: "identity",
                table: "one_time_codes",
                columns: new[] { "origin", "issued_at" },
                filter: "origin IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_one_time_codes_origin_issued_at",
                schema: "identity",
                table: "one_time_codes");

            migrationBuilder.DropColumn(
                name: "extras",
                schema: "identity",
                table: "users");

            migrationBuilder.DropColumn(
                name: "loyalty_points",
                schema: "identity",
                table: "users");

            migrationBuilder.DropColumn(
                name: "loyalty_tier",
                schema: "identity",
                table: "users");

            migrationBuilder.DropColumn(
                name: "loyalty_version",
                schema: "identity",
                table: "users");

            migrationBuilder.DropColumn(
                name: "pending_email",
                schema: "identity",
                table: "users");

            migrationBuilder.DropColumn(
                name: "pending_phone",
                schema: "identity",
                table: "users");

            migrationBuilder.DropColumn(
                name: "total_orders",
                schema: "identity",
                table: "users");

            migrationBuilder.DropColumn(
                name: "total_spent",
                schema: "identity",
                table: "users");

            migrationBuilder.DropColumn(
                name: "user_agent",
                schema: "identity",
                table: "trusted_devices");

            migrationBuilder.DropColumn(
                name: "rotated_by",
                schema: "identity",
                table: "refresh_tokens");

            migrationBuilder.DropColumn(
                name: "sealed_secret",
                schema: "identity",
                table: "refresh_tokens");

            migrationBuilder.DropColumn(
                name: "origin",
                schema: "identity",
                table: "one_time_codes");
        }
    }
}
