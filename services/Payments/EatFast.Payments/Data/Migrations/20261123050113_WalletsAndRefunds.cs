using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Payments.Data.Migrations
{
    /// <inheritdoc />
    public partial class WalletsAndRefunds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_ledger_entries_payments_payment_id",
                schema: "payments",
                table: "ledger_entries");

            migrationBuilder.AddColumn<long>(
                name: "promised_back_xaf",
                schema: "payments",
                table: "payments",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "purpose",
                schema: "payments",
                table: "payments",
                type: "text",
                nullable: false,
                defaultValue: "order");

            migrationBuilder.AddColumn<Guid>(
                name: "restaurant_owner_id",
                schema: "payments",
                table: "payments",
                type: "uuid",
                nullable: true);

            migrationBuilder.AlterColumn<Guid>(
                name: "payment_id",
                schema: "payments",
                table: "ledger_entries",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.AddColumn<string>(
                name: "note",
                schema: "payments",
                table: "ledger_entries",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "wallets",
                schema: "payments",
                columns: table => new
                {
                    account = table.Column<string>(type: "text", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    balance_xaf = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_wallets", x => new { x.account, x.owner_id });
                    table.CheckConstraint("ck_wallets_balance", "account <> 'wallet' OR balance_xaf >= 0");
                });

            migrationBuilder.CreateIndex(
                name: "ix_payments_restaurant_owner_id",
                schema: "payments",
                table: "payments",
                column: "restaurant_owner_id",
                filter: "restaurant_owner_id IS NOT NULL");

            migrationBuilder.AddForeignKey(
                name: "fk_ledger_entries_payments_payment_id",
                schema: "payments",
                table: "ledger_entries",
                column: "payment_id",
                principalSchema: "payments",
                principalTable: "payments",
                principalColumn: "id");

            migrationBuilder.Sql(EatFast.Payments.Data.WalletRules.Sql);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_ledger_entries_payments_payment_id",
                schema: "payments",
                table: "ledger_entries");

            migrationBuilder.DropTable(
                name: "wallets",
                schema: "payments");

            migrationBuilder.DropIndex(
                name: "ix_payments_restaurant_owner_id",
                schema: "payments",
                table: "payments");

            migrationBuilder.DropColumn(
                name: "promised_back_xaf",
                schema: "payments",
                table: "payments");

            migrationBuilder.DropColumn(
                name: "purpose",
                schema: "payments",
                table: "payments");

            migrationBuilder.DropColumn(
                name: "restaurant_owner_id",
                schema: "payments",
                table: "payments");

            migrationBuilder.DropColumn(
                name: "note",
                schema: "payments",
                table: "ledger_entries");

            migrationBuilder.AlterColumn<Guid>(
                name: "payment_id",
                schema: "payments",
                table: "ledger_entries",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);

            migrationBuilder.AddForeignKey(
                name: "fk_ledger_entries_payments_payment_id",
                schema: "payments",
                table: "ledger_entries",
                column: "payment_id",
                principalSchema: "payments",
                principalTable: "payments",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
