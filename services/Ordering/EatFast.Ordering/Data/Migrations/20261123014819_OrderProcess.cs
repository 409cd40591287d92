using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Ordering.Data.Migrations
{
    /// <inheritdoc />
    public partial class OrderProcess : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterTable(
                name: "order_events",
                schema: "ordering",
                comment: "append-only");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "watch_at",
                schema: "ordering",
                table: "orders",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "watch_tries",
                schema: "ordering",
                table: "orders",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateIndex(
                name: "ix_orders_watch_at",
                schema: "ordering",
                table: "orders",
                column: "watch_at",
                filter: "watch_at IS NOT NULL");

            migrationBuilder.Sql(ProcessRules.Sql);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(ProcessRules.Undo);

            migrationBuilder.DropIndex(
                name: "ix_orders_watch_at",
                schema: "ordering",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "watch_at",
                schema: "ordering",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "watch_tries",
                schema: "ordering",
                table: "orders");

            migrationBuilder.AlterTable(
                name: "order_events",
                schema: "ordering",
                oldComment: "append-only");
        }
    }
}
