using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Payments.Data.Migrations
{
    /// <inheritdoc />
    public partial class BackOffice : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "cash_hand_overs",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    driver_id = table.Column<Guid>(type: "uuid", nullable: false),
                    declared_xaf = table.Column<long>(type: "bigint", nullable: false),
                    counted_xaf = table.Column<long>(type: "bigint", nullable: true),
                    counted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    note = table.Column<string>(type: "text", nullable: true),
                    declared_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    counted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cash_hand_overs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "loyalty_accounts",
                schema: "payments",
                columns: table => new
                {
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    available_points = table.Column<long>(type: "bigint", nullable: false),
                    earned_points = table.Column<long>(type: "bigint", nullable: false),
                    used_points = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_loyalty_accounts", x => x.customer_id);
                    table.CheckConstraint("ck_loyalty_accounts_available", "available_points >= 0");
                });

            migrationBuilder.CreateTable(
                name: "loyalty_points",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    points = table.Column<long>(type: "bigint", nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    left_points = table.Column<long>(type: "bigint", nullable: false),
                    reward_id = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_loyalty_points", x => x.id);
                    table.CheckConstraint("ck_loyalty_points_left", "left_points >= 0");
                });

            migrationBuilder.CreateTable(
                name: "payouts",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<string>(type: "text", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    requested_by = table.Column<Guid>(type: "uuid", nullable: false),
                    amount_xaf = table.Column<long>(type: "bigint", nullable: false),
                    fee_xaf = table.Column<long>(type: "bigint", nullable: false),
                    sealed_phone = table.Column<string>(type: "text", nullable: false),
                    @operator = table.Column<string>(name: "operator", type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payouts", x => x.id);
                    table.CheckConstraint("ck_payouts_amounts", "amount_xaf > 0 AND fee_xaf >= 0");
                });

            migrationBuilder.CreateTable(
                name: "reconciliation_breaks",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    provider = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    payment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    expected_xaf = table.Column<long>(type: "bigint", nullable: false),
                    actual_xaf = table.Column<long>(type: "bigint", nullable: false),
                    owner = table.Column<string>(type: "text", nullable: false),
                    note = table.Column<string>(type: "text", nullable: true),
                    found_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    resolution = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reconciliation_breaks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "reconciliation_runs",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    orders_checked_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    movements = table.Column<int>(type: "integer", nullable: false),
                    orders = table.Column<int>(type: "integer", nullable: false),
                    breaks = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reconciliation_runs", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_ledger_entries_booked_at",
                schema: "payments",
                table: "ledger_entries",
                column: "booked_at");

            migrationBuilder.CreateIndex(
                name: "ix_cash_hand_overs_declared_at",
                schema: "payments",
                table: "cash_hand_overs",
                column: "declared_at",
                filter: "counted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cash_hand_overs_driver_id_declared_at",
                schema: "payments",
                table: "cash_hand_overs",
                columns: new[] { "driver_id", "declared_at" });

            migrationBuilder.CreateIndex(
                name: "ix_loyalty_points_customer_id_created_at",
                schema: "payments",
                table: "loyalty_points",
                columns: new[] { "customer_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_loyalty_points_expires_at",
                schema: "payments",
                table: "loyalty_points",
                column: "expires_at",
                filter: "left_points > 0");

            migrationBuilder.CreateIndex(
                name: "ix_loyalty_points_kind_source_id",
                schema: "payments",
                table: "loyalty_points",
                columns: new[] { "kind", "source_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_payouts_owner_id_requested_at",
                schema: "payments",
                table: "payouts",
                columns: new[] { "owner_id", "requested_at" });

            migrationBuilder.CreateIndex(
                name: "ix_payouts_status_requested_at",
                schema: "payments",
                table: "payouts",
                columns: new[] { "status", "requested_at" });

            migrationBuilder.CreateIndex(
                name: "ix_reconciliation_breaks_found_at",
                schema: "payments",
                table: "reconciliation_breaks",
                column: "found_at",
                filter: "resolved_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_reconciliation_breaks_kind_subject",
                schema: "payments",
                table: "reconciliation_breaks",
                columns: new[] { "kind", "subject" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reconciliation_runs_started_at",
                schema: "payments",
                table: "reconciliation_runs",
                column: "started_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "cash_hand_overs",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "loyalty_accounts",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "loyalty_points",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "payouts",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "reconciliation_breaks",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "reconciliation_runs",
                schema: "payments");

            migrationBuilder.DropIndex(
                name: "ix_ledger_entries_booked_at",
                schema: "payments",
                table: "ledger_entries");
        }
    }
}
