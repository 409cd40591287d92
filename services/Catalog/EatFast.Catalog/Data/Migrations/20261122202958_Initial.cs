using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using NpgsqlTypes;

#nullable disable

namespace EatFast.Catalog.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "catalog");

            migrationBuilder.Sql(CatalogFunctions.Create);
            migrationBuilder.Sql(CatalogFunctions.AcceptTypos);

            migrationBuilder.CreateTable(
                name: "idempotency_keys",
                schema: "catalog",
                columns: table => new
                {
                    principal = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    request_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    location = table.Column<string>(type: "text", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_keys", x => new { x.principal, x.key });
                });

            migrationBuilder.CreateTable(
                name: "inbox_messages",
                schema: "catalog",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    consumer = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox_messages", x => new { x.consumer, x.message_id });
                });

            migrationBuilder.CreateTable(
                name: "outbox_messages",
                schema: "catalog",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    partition_key = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    trace_parent = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deliver_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fence = table.Column<long>(type: "bigint", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_messages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "restaurants",
                schema: "catalog",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    description = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    cuisine_type = table.Column<string>(type: "text", nullable: false),
                    price_range = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    is_featured = table.Column<bool>(type: "boolean", nullable: false),
                    rating = table.Column<decimal>(type: "numeric(3,2)", precision: 3, scale: 2, nullable: false),
                    review_count = table.Column<int>(type: "integer", nullable: false),
                    delivery_minutes = table.Column<int>(type: "integer", nullable: false),
                    preparation_minutes = table.Column<int>(type: "integer", nullable: false),
                    delivery_fee_xaf = table.Column<long>(type: "bigint", nullable: false),
                    minimum_order_xaf = table.Column<long>(type: "bigint", nullable: false),
                    phone = table.Column<string>(type: "text", nullable: false),
                    street = table.Column<string>(type: "text", nullable: false),
                    city = table.Column<string>(type: "text", nullable: false),
                    district = table.Column<string>(type: "text", nullable: false),
                    latitude = table.Column<double>(type: "double precision", nullable: false),
                    longitude = table.Column<double>(type: "double precision", nullable: false),
                    image_url = table.Column<string>(type: "text", nullable: true),
                    gallery = table.Column<string[]>(type: "text[]", nullable: false),
                    operating_hours = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    is_paused = table.Column<bool>(type: "boolean", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    search_city = table.Column<string>(type: "text", nullable: true, computedColumnSql: "catalog.plain(city)", stored: true),
                    search_name = table.Column<string>(type: "text", nullable: true, computedColumnSql: "catalog.plain(name)", stored: true),
                    search_vector = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: true, computedColumnSql: "setweight(to_tsvector('french'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('simple'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('french'::regconfig, catalog.plain(cuisine_type)), 'C') || setweight(to_tsvector('simple'::regconfig, catalog.plain(cuisine_type)), 'C') || setweight(to_tsvector('french'::regconfig, catalog.plain(description)), 'C') || setweight(to_tsvector('simple'::regconfig, catalog.plain(description)), 'C')", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_restaurants", x => x.id);
                    table.CheckConstraint("ck_restaurants_money", "delivery_fee_xaf >= 0 AND minimum_order_xaf >= 0");
                    table.CheckConstraint("ck_restaurants_place", "latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180");
                    table.CheckConstraint("ck_restaurants_price_range", "price_range IN ('1', '2', '3')");
                    table.CheckConstraint("ck_restaurants_status", "status IN ('active', 'inactive', 'pending', 'suspended')");
                });

            migrationBuilder.CreateTable(
                name: "menu_categories",
                schema: "catalog",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    restaurant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    sort_order = table.Column<int>(type: "integer", nullable: false),
                    is_active = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_menu_categories", x => x.id);
                    table.ForeignKey(
                        name: "fk_menu_categories_restaurants_restaurant_id",
                        column: x => x.restaurant_id,
                        principalSchema: "catalog",
                        principalTable: "restaurants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "menu_items",
                schema: "catalog",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    restaurant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    category_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    description = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    price_xaf = table.Column<long>(type: "bigint", nullable: false),
                    image_url = table.Column<string>(type: "text", nullable: true),
                    preparation_minutes = table.Column<int>(type: "integer", nullable: false),
                    sort_order = table.Column<int>(type: "integer", nullable: false),
                    allergens = table.Column<string[]>(type: "text[]", nullable: false),
                    dietary_tags = table.Column<string[]>(type: "text[]", nullable: false),
                    is_available = table.Column<bool>(type: "boolean", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    search_name = table.Column<string>(type: "text", nullable: true, computedColumnSql: "catalog.plain(name)", stored: true),
                    search_vector = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: true, computedColumnSql: "setweight(to_tsvector('french'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('simple'::regconfig, catalog.plain(name)), 'A') || setweight(to_tsvector('french'::regconfig, catalog.plain(description)), 'C') || setweight(to_tsvector('simple'::regconfig, catalog.plain(description)), 'C')", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_menu_items", x => x.id);
                    table.CheckConstraint("ck_menu_items_money", "price_xaf >= 0");
                    table.ForeignKey(
                        name: "fk_menu_items_menu_categories_category_id",
                        column: x => x.category_id,
                        principalSchema: "catalog",
                        principalTable: "menu_categories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_menu_items_restaurants_restaurant_id",
                        column: x => x.restaurant_id,
                        principalSchema: "catalog",
                        principalTable: "restaurants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "item_options",
                schema: "catalog",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    menu_item_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    is_required = table.Column<bool>(type: "boolean", nullable: false),
                    max_selections = table.Column<int>(type: "integer", nullable: false),
                    sort_order = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_item_options", x => x.id);
                    table.CheckConstraint("ck_item_options_type", "type IN ('single_select', 'multi_select', 'quantity')");
                    table.ForeignKey(
                        name: "fk_item_options_menu_items_menu_item_id",
                        column: x => x.menu_item_id,
                        principalSchema: "catalog",
                        principalTable: "menu_items",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "item_option_values",
                schema: "catalog",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    item_option_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    price_xaf = table.Column<long>(type: "bigint", nullable: false),
                    is_available = table.Column<bool>(type: "boolean", nullable: false),
                    is_default = table.Column<bool>(type: "boolean", nullable: false),
                    sort_order = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_item_option_values", x => x.id);
                    table.CheckConstraint("ck_item_option_values_money", "price_xaf >= 0");
                    table.ForeignKey(
                        name: "fk_item_option_values_item_options_item_option_id",
                        column: x => x.item_option_id,
                        principalSchema: "catalog",
                        principalTable: "item_options",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_keys_created_at",
                schema: "catalog",
                table: "idempotency_keys",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_messages_received_at",
                schema: "catalog",
                table: "inbox_messages",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "ix_item_option_values_item_option_id",
                schema: "catalog",
                table: "item_option_values",
                column: "item_option_id");

            migrationBuilder.CreateIndex(
                name: "ix_item_options_menu_item_id",
                schema: "catalog",
                table: "item_options",
                column: "menu_item_id");

            migrationBuilder.CreateIndex(
                name: "ix_menu_categories_restaurant_id_sort_order",
                schema: "catalog",
                table: "menu_categories",
                columns: new[] { "restaurant_id", "sort_order" });

            migrationBuilder.CreateIndex(
                name: "ix_menu_items_category_id_sort_order",
                schema: "catalog",
                table: "menu_items",
                columns: new[] { "category_id", "sort_order" });

            migrationBuilder.CreateIndex(
                name: "ix_menu_items_restaurant_id",
                schema: "catalog",
                table: "menu_items",
                column: "restaurant_id");

            migrationBuilder.CreateIndex(
                name: "ix_menu_items_search_name",
                schema: "catalog",
                table: "menu_items",
                column: "search_name")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });

            migrationBuilder.CreateIndex(
                name: "ix_menu_items_search_vector",
                schema: "catalog",
                table: "menu_items",
                column: "search_vector")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_partition_key_sequence",
                schema: "catalog",
                table: "outbox_messages",
                columns: new[] { "partition_key", "sequence" },
                filter: "sent_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_sent_at",
                schema: "catalog",
                table: "outbox_messages",
                column: "sent_at",
                filter: "sent_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_restaurants_is_featured_rating_review_count_id",
                schema: "catalog",
                table: "restaurants",
                columns: new[] { "is_featured", "rating", "review_count", "id" },
                descending: new[] { true, true, true, false },
                filter: "status = 'active'");

            migrationBuilder.CreateIndex(
                name: "ix_restaurants_latitude_longitude",
                schema: "catalog",
                table: "restaurants",
                columns: new[] { "latitude", "longitude" },
                filter: "status = 'active'");

            migrationBuilder.CreateIndex(
                name: "ix_restaurants_owner_id",
                schema: "catalog",
                table: "restaurants",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_restaurants_search_city",
                schema: "catalog",
                table: "restaurants",
                column: "search_city",
                filter: "status = 'active'");

            migrationBuilder.CreateIndex(
                name: "ix_restaurants_search_name",
                schema: "catalog",
                table: "restaurants",
                column: "search_name")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });

            migrationBuilder.CreateIndex(
                name: "ix_restaurants_search_vector",
                schema: "catalog",
                table: "restaurants",
                column: "search_vector")
                .Annotation("Npgsql:IndexMethod", "gin");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "idempotency_keys",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "inbox_messages",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "item_option_values",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "outbox_messages",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "item_options",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "menu_items",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "menu_categories",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "restaurants",
                schema: "catalog");
        }
    }
}
