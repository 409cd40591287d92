using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace EatFast.Payments.Data.Migrations
{
    /// <inheritdoc />
    public partial class Risk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "failed_hand_overs",
                schema: "payments",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    address = table.Column<string>(type: "text", nullable: true),
                    failed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_failed_hand_overs", x => x.order_id);
                });

            migrationBuilder.CreateTable(
                name: "fraud_alerts",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    judgement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    payment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    method = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    severity = table.Column<string>(type: "text", nullable: false),
                    risk_score = table.Column<int>(type: "integer", nullable: false),
                    decision = table.Column<string>(type: "text", nullable: false),
                    rules_version = table.Column<string>(type: "text", nullable: false),
                    factors = table.Column<string>(type: "jsonb", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    note = table.Column<string>(type: "text", nullable: true),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fraud_alerts", x => x.id);
                    table.CheckConstraint("ck_fraud_alerts_score", "risk_score BETWEEN 0 AND 100");
                });

            migrationBuilder.CreateTable(
                name: "poll_turns",
                schema: "payments",
                columns: table => new
                {
                    provider = table.Column<string>(type: "text", nullable: false),
                    turn = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_poll_turns", x => x.provider);
                });

            migrationBuilder.CreateTable(
                name: "risk_judgements",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    payment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    method = table.Column<string>(type: "text", nullable: false),
                    decision = table.Column<string>(type: "text", nullable: false),
                    score = table.Column<int>(type: "integer", nullable: false),
                    rules_version = table.Column<string>(type: "text", nullable: false),
                    is_fallback = table.Column<bool>(type: "boolean", nullable: false),
                    features = table.Column<string>(type: "jsonb", nullable: false),
                    factors = table.Column<string>(type: "jsonb", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_risk_judgements", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "risk_marks",
                schema: "payments",
                columns: table => new
                {
                    kind = table.Column<string>(type: "text", nullable: false),
                    mark = table.Column<string>(type: "text", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    first_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_risk_marks", x => new { x.kind, x.mark, x.customer_id });
                });

            migrationBuilder.CreateTable(
                name: "risk_rule_sets",
                schema: "payments",
                columns: table => new
                {
                    number = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    version = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    created_by = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_risk_rule_sets", x => x.number);
                });

            migrationBuilder.InsertData(
                schema: "payments",
                table: "poll_turns",
                columns: new[] { "provider", "turn" },
                values: new object[,]
                {
                    { "campay", 0L },
                    { "noupay", 0L },
                    { "stripe", 0L }
                });

            migrationBuilder.CreateIndex(
                name: "ix_payments_customer_id",
                schema: "payments",
                table: "payments",
                column: "customer_id",
                filter: "status = 'authorized'");

            migrationBuilder.CreateIndex(
                name: "ix_payments_customer_id_created_at1",
                schema: "payments",
                table: "payments",
                columns: new[] { "customer_id", "created_at" },
                filter: "stopped_as IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_failed_hand_overs_address_failed_at",
                schema: "payments",
                table: "failed_hand_overs",
                columns: new[] { "address", "failed_at" },
                filter: "address IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_failed_hand_overs_customer_id_failed_at",
                schema: "payments",
                table: "failed_hand_overs",
                columns: new[] { "customer_id", "failed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_fraud_alerts_created_at",
                schema: "payments",
                table: "fraud_alerts",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_fraud_alerts_customer_id",
                schema: "payments",
                table: "fraud_alerts",
                column: "customer_id",
                filter: "status = 'confirmed'");

            migrationBuilder.CreateIndex(
                name: "ix_fraud_alerts_order_id_method",
                schema: "payments",
                table: "fraud_alerts",
                columns: new[] { "order_id", "method" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_fraud_alerts_status_created_at",
                schema: "payments",
                table: "fraud_alerts",
                columns: new[] { "status", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_risk_judgements_order_id_decided_at",
                schema: "payments",
                table: "risk_judgements",
                columns: new[] { "order_id", "decided_at" });

            migrationBuilder.CreateIndex(
                name: "ix_risk_marks_customer_id_kind_first_seen_at",
                schema: "payments",
                table: "risk_marks",
                columns: new[] { "customer_id", "kind", "first_seen_at" });

            migrationBuilder.CreateIndex(
                name: "ix_risk_rule_sets_version",
                schema: "payments",
                table: "risk_rule_sets",
                column: "version",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "failed_hand_overs",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "fraud_alerts",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "poll_turns",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "risk_judgements",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "risk_marks",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "risk_rule_sets",
                schema: "payments");

            migrationBuilder.DropIndex(
                name: "ix_payments_customer_id",
                schema: "payments",
                table: "payments");

            migrationBuilder.DropIndex(
                name: "ix_payments_customer_id_created_at1",
                schema: "payments",
                table: "payments");
        }
    }
}
