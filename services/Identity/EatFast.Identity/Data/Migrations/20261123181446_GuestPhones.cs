using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class GuestPhones : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "guest_id",
                schema: "identity",
                table: "one_time_codes",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "phone_index",
                schema: "identity",
                table: "guest_sessions",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "phone_proven_at",
                schema: "identity",
                table: "guest_sessions",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "guest_id",
                schema: "identity",
                table: "one_time_codes");

            migrationBuilder.DropColumn(
                name: "phone_index",
                schema: "identity",
                table: "guest_sessions");

            migrationBuilder.DropColumn(
                name: "phone_proven_at",
                schema: "identity",
                table: "guest_sessions");
        }
    }
}
