using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Payments.Data.Migrations
{
    /// <inheritdoc />
    public partial class OrderProcess : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_webhook_events_external_reference",
                schema: "payments",
                table: "webhook_events",
                column: "external_reference",
                filter: "external_reference IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_webhook_events_external_reference",
                schema: "payments",
                table: "webhook_events");
        }
    }
}
