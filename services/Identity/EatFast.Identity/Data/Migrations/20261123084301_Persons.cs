using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class Persons : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "avatar",
                schema: "identity",
                table: "users",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "data_key",
                schema: "identity",
                table: "users",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "erased_at",
                schema: "identity",
                table: "users",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "erasure_told_at",
                schema: "identity",
                table: "users",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "google_index",
                schema: "identity",
                table: "users",
                type: "bytea",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_users_erasure_told_at",
                schema: "identity",
                table: "users",
                column: "erasure_told_at",
                filter: "erasure_told_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_users_google_index",
                schema: "identity",
                table: "users",
                column: "google_index",
                unique: true,
                filter: "google_index IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_users_erasure_told_at",
                schema: "identity",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_users_google_index",
                schema: "identity",
                table: "users");

            migrationBuilder.DropColumn(
                name: "avatar",
                schema: "identity",
                table: "users");

            migrationBuilder.DropColumn(
                name: "data_key",
                schema: "identity",
                table: "users");

            migrationBuilder.DropColumn(
                name: "erased_at",
                schema: "identity",
                table: "users");

            migrationBuilder.DropColumn(
                name: "erasure_told_at",
                schema: "identity",
                table: "users");

            migrationBuilder.DropColumn(
                name: "google_index",
                schema: "identity",
                table: "users");
        }
    }
}
