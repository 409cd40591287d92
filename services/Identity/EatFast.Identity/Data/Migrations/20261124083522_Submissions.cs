using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EatFast.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class Submissions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "contact_messages",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<string>(type: "text", nullable: false),
                    priority = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    digest = table.Column<byte[]>(type: "bytea", nullable: false),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    email_index = table.Column<byte[]>(type: "bytea", nullable: false),
                    data_key = table.Column<string>(type: "text", nullable: true),
                    sealed_content = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_messages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "newsletter_subscriptions",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    city = table.Column<string>(type: "text", nullable: true),
                    language = table.Column<string>(type: "text", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    mailed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    email_index = table.Column<byte[]>(type: "bytea", nullable: false),
                    data_key = table.Column<string>(type: "text", nullable: true),
                    sealed_content = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_newsletter_subscriptions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "partner_applications",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    city = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    digest = table.Column<byte[]>(type: "bytea", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    email_index = table.Column<byte[]>(type: "bytea", nullable: false),
                    data_key = table.Column<string>(type: "text", nullable: true),
                    sealed_content = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_partner_applications", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_contact_messages_digest_created_at",
                schema: "identity",
                table: "contact_messages",
                columns: new[] { "digest", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_messages_email_index",
                schema: "identity",
                table: "contact_messages",
                column: "email_index");

            migrationBuilder.CreateIndex(
                name: "ix_contact_messages_reference",
                schema: "identity",
                table: "contact_messages",
                column: "reference");

            migrationBuilder.CreateIndex(
                name: "ix_contact_messages_resolved_at",
                schema: "identity",
                table: "contact_messages",
                column: "resolved_at",
                filter: "resolved_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_contact_messages_status_created_at",
                schema: "identity",
                table: "contact_messages",
                columns: new[] { "status", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_newsletter_subscriptions_email_index",
                schema: "identity",
                table: "newsletter_subscriptions",
                column: "email_index",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_newsletter_subscriptions_status_created_at",
                schema: "identity",
                table: "newsletter_subscriptions",
                columns: new[] { "status", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_newsletter_subscriptions_token_hash",
                schema: "identity",
                table: "newsletter_subscriptions",
                column: "token_hash",
                unique: true,
                filter: "token_hash IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_partner_applications_digest_created_at",
                schema: "identity",
                table: "partner_applications",
                columns: new[] { "digest", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_partner_applications_email_index",
                schema: "identity",
                table: "partner_applications",
                column: "email_index");

            migrationBuilder.CreateIndex(
                name: "ix_partner_applications_status_created_at",
                schema: "identity",
                table: "partner_applications",
                columns: new[] { "status", "created_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "contact_messages",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "newsletter_subscriptions",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "partner_applications",
                schema: "identity");
        }
    }
}
