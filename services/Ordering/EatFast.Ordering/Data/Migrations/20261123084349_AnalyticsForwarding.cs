using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Ordering.Data.Migrations
{
    /// <inheritdoc />
    public partial class AnalyticsForwarding : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "analytics_forwarding",
                schema: "ordering",
                columns: table => new
                {
                    receiver = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    event_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_analytics_forwarding", x => x.receiver);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "analytics_forwarding",
                schema: "ordering");
        }
    }
}
