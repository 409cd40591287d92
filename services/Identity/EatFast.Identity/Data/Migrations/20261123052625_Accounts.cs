using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class Accounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "status_reason",
                schema: "identity",
                table: "users",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "suspended_until",
                schema: "identity",
                table: "users",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "token_version",
                schema: "identity",
                table: "users",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "tokens_revoked_at",
                schema: "identity",
                table: "users",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "two_factor_enabled",
                schema: "identity",
                table: "users",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<byte[]>(
                name: "device",
                schema: "identity",
                table: "sessions",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "proven_at",
                schema: "identity",
                table: "sessions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "addresses",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content = table.Column<string>(type: "text", nullable: false),
                    is_default = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_addresses", x => x.id);
                    table.ForeignKey(
                        name: "fk_addresses_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "identity",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "audit_entries",
                schema: "identity",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    action_id = table.Column<Guid>(type: "uuid", nullable: false),
                    service = table.Column<string>(type: "text", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    actor_role = table.Column<string>(type: "text", nullable: false),
                    subject_type = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: true),
                    details = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    previous_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entries", x => x.number);
                },
                comment: "append-only");

            migrationBuilder.CreateTable(
                name: "audit_heads",
                schema: "identity",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    signed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    key_id = table.Column<string>(type: "text", nullable: false),
                    signature = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_heads", x => x.number);
                },
                comment: "append-only");

            migrationBuilder.CreateTable(
                name: "backup_codes",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_backup_codes", x => x.id);
                    table.ForeignKey(
                        name: "fk_backup_codes_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "identity",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "favorites",
                schema: "identity",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    restaurant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_favorites", x => new { x.user_id, x.restaurant_id });
                    table.ForeignKey(
                        name: "fk_favorites_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "identity",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "guest_sessions",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    secret_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    converted_to = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_guest_sessions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "one_time_codes",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false),
                    address_index = table.Column<byte[]>(type: "bytea", nullable: false),
                    code_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    tries = table.Column<int>(type: "integer", nullable: false),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_one_time_codes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sign_in_challenges",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    device = table.Column<byte[]>(type: "bytea", nullable: false),
                    tries = table.Column<int>(type: "integer", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_in_challenges", x => x.id);
                    table.ForeignKey(
                        name: "fk_sign_in_challenges_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "identity",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sign_in_failures",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<byte[]>(type: "bytea", nullable: false),
                    device = table.Column<byte[]>(type: "bytea", nullable: false),
                    origin = table.Column<byte[]>(type: "bytea", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    is_certain = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_in_failures", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "trusted_devices",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    device_type = table.Column<string>(type: "text", nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_trusted_devices", x => x.id);
                    table.ForeignKey(
                        name: "fk_trusted_devices_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "identity",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "two_factors",
                schema: "identity",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    totp_secret = table.Column<string>(type: "text", nullable: true),
                    pending_totp_secret = table.Column<string>(type: "text", nullable: true),
                    sms_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    email_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    require_for_login = table.Column<bool>(type: "boolean", nullable: false),
                    allow_trusted_devices = table.Column<bool>(type: "boolean", nullable: false),
                    require_for_sensitive_actions = table.Column<bool>(type: "boolean", nullable: false),
                    last_totp_step = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_two_factors", x => x.user_id);
                    table.ForeignKey(
                        name: "fk_two_factors_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "identity",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_users_created_at",
                schema: "identity",
                table: "users",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_users_suspended_until",
                schema: "identity",
                table: "users",
                column: "suspended_until",
                filter: "suspended_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_users_tokens_revoked_at",
                schema: "identity",
                table: "users",
                column: "tokens_revoked_at",
                filter: "tokens_revoked_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_revoked_at",
                schema: "identity",
                table: "sessions",
                column: "revoked_at",
                filter: "revoked_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_addresses_one_default",
                schema: "identity",
                table: "addresses",
                column: "user_id",
                unique: true,
                filter: "is_default");

            migrationBuilder.CreateIndex(
                name: "ix_addresses_user_id_created_at",
                schema: "identity",
                table: "addresses",
                columns: new[] { "user_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_action_id",
                schema: "identity",
                table: "audit_entries",
                column: "action_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_actor_id_number",
                schema: "identity",
                table: "audit_entries",
                columns: new[] { "actor_id", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_at",
                schema: "identity",
                table: "audit_entries",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_subject_id_number",
                schema: "identity",
                table: "audit_entries",
                columns: new[] { "subject_id", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_backup_codes_user_id_hash",
                schema: "identity",
                table: "backup_codes",
                columns: new[] { "user_id", "hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_guest_sessions_expires_at",
                schema: "identity",
                table: "guest_sessions",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_guest_sessions_secret_hash",
                schema: "identity",
                table: "guest_sessions",
                column: "secret_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_one_time_codes_address_index_issued_at",
                schema: "identity",
                table: "one_time_codes",
                columns: new[] { "address_index", "issued_at" });

            migrationBuilder.CreateIndex(
                name: "ix_one_time_codes_expires_at",
                schema: "identity",
                table: "one_time_codes",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_one_time_codes_token_hash",
                schema: "identity",
                table: "one_time_codes",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sign_in_challenges_expires_at",
                schema: "identity",
                table: "sign_in_challenges",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_sign_in_challenges_user_id",
                schema: "identity",
                table: "sign_in_challenges",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_sign_in_failures_account_at",
                schema: "identity",
                table: "sign_in_failures",
                columns: new[] { "account", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_sign_in_failures_at",
                schema: "identity",
                table: "sign_in_failures",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_sign_in_failures_origin_at",
                schema: "identity",
                table: "sign_in_failures",
                columns: new[] { "origin", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_trusted_devices_token_hash",
                schema: "identity",
                table: "trusted_devices",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_trusted_devices_user_id",
                schema: "identity",
                table: "trusted_devices",
                column: "user_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "addresses",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "audit_entries",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "audit_heads",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "backup_codes",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "favorites",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "guest_sessions",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "one_time_codes",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "sign_in_challenges",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "sign_in_failures",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "trusted_devices",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "two_factors",
                schema: "identity");

            migrationBuilder.DropIndex(
                name: "ix_users_created_at",
                schema: "identity",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_users_suspended_until",
                schema: "identity",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_users_tokens_revoked_at",
                schema: "identity",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_sessions_revoked_at",
                schema: "identity",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "status_reason",
                schema: "identity",
                table: "users");

            migrationBuilder.DropColumn(
                name: "suspended_until",
                schema: "identity",
                table: "users");

            migrationBuilder.DropColumn(
                name: "token_version",
                schema: "identity",
                table: "users");

            migrationBuilder.DropColumn(
                name: "tokens_revoked_at",
                schema: "identity",
                table: "users");

            migrationBuilder.DropColumn(
                name: "two_factor_enabled",
                schema: "identity",
                table: "users");

            migrationBuilder.DropColumn(
                name: "device",
                schema: "identity",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "proven_at",
                schema: "identity",
                table: "sessions");
        }
    }
}
