using Npgsql;

namespace EatFast.Bench.Catalog;

/// <summary>Fills a system's catalog with made-up restaurants and dishes, always the same ones, in steps that say how far they are.</summary>
internal static class CatalogFiller
{
    private const int Step = 1_000;
    private const int ItemsPerRestaurant = 30;
    private const int CategoriesPerRestaurant = 5;

    // Ids are made of numbers, so that a second run finds what the first one made; places spread over twelve towns.
    private const string Restaurants = """
        WITH towns AS (SELECT ARRAY['douala','yaounde','bafoussam','bamenda','garoua','maroua','kribi','limbe','buea','ngaoundere','bertoua','edea'] AS names,
            ARRAY[4.0511,3.8480,5.4778,5.9631,9.3014,10.5956,2.9400,4.0186,4.1560,7.3277,4.5773,3.8000] AS lats,
            ARRAY[9.7679,11.5021,10.4176,10.1591,13.3977,14.3247,9.9100,9.2149,9.2315,13.5847,13.6846,10.1333] AS lngs)
        INSERT INTO catalog.restaurants (id, owner_id, name, description, cuisine_type, price_range, status, is_featured, rating, review_count,
            rating_total, delivery_minutes, preparation_minutes, delivery_fee_xaf, minimum_order_xaf, phone, street, city, district, latitude,
            longitude, gallery, operating_hours, created_at, is_paused, updated_at, version)
        SELECT ('01990000-1000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, '01990000-0000-7000-8000-000000000002',
            (ARRAY['Chez Tantine','Le Relais','La Braise','Saveurs de','Le Jardin','Maquis','La Cuisine','Au Bon Goût'])[n % 8 + 1] || ' '
                || (ARRAY['du Marché','du Port','des Palmiers','de Mama Rose','du Carrefour','de la Gare','du Lac'])[n / 8 % 7 + 1] || ' ' || n,
            'Plats du jour et grillades', (ARRAY['african','grill','fast_food','seafood','international','vegetarian'])[n % 6 + 1],
            (n % 3 + 1)::text, 'active', n % 97 = 0, 3 + (n * 31 % 200) / 100.0, n % 400, round((3 + (n * 31 % 200) / 100.0) * (n % 400)),
            20 + n % 40, 10 + n % 25, 500 + n % 11 * 100, 1000 + n % 5 * 500, '+2376' || lpad((n % 100000000)::text, 8, '0'), 'Rue ' || n % 900,
            names[n % 12 + 1], 'Quartier ' || n % 30, lats[n % 12 + 1] + (n * 7919 % 2000 - 1000) / 12000.0,
            lngs[n % 12 + 1] + (n * 104729 % 2000 - 1000) / 12000.0, '{}',
            '{"monday":"00:00-24:00","tuesday":"00:00-24:00","wednesday":"00:00-24:00","thursday":"00:00-24:00","friday":"00:00-24:00","saturday":"00:00-24:00","sunday":"00:00-24:00"}',
            '2026-01-01Z', false, '2026-01-01Z', 1
        FROM towns, generate_series(@first, @last) AS n ON CONFLICT DO NOTHING
        """;

    private const string Categories = """
        INSERT INTO catalog.menu_categories (id, restaurant_id, name, description, sort_order, is_active)
        SELECT ('01990000-2000-7000-8' || lpad(c::text, 3, '0') || '-' || lpad(n::text, 12, '0'))::uuid,
            ('01990000-1000-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
            (ARRAY['Plats','Grillades','Accompagnements','Boissons','Desserts'])[c], '', c, true
        FROM generate_series(@first, @last) AS n, generate_series(1, @categories) AS c ON CONFLICT DO NOTHING
        """;

    private const string Items = """
        INSERT INTO catalog.menu_items (id, restaurant_id, category_id, name, description, price_xaf, preparation_minutes, sort_order, allergens,
            dietary_tags, is_available, updated_at, version)
        SELECT ('01990000-3000-7000-8' || lpad(i::text, 3, '0') || '-' || lpad(n::text, 12, '0'))::uuid,
            ('01990000-1000-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
            ('01990000-2000-7000-8' || lpad((i % @categories + 1)::text, 3, '0') || '-' || lpad(n::text, 12, '0'))::uuid,
            (ARRAY['Ndolé','Poulet DG','Eru','Koki','Poisson braisé','Suya','Mbongo tchobi','Kondrè','Okok','Beignets haricots','Foléré','Bobolo',
                'Sauce jaune','Achu','Riz sauté','Brochettes','Soya de bœuf','Jus de gingembre','Plantain frit','Miondo'])[(n * 7 + i) % 20 + 1]
                || (ARRAY['',' royal',' maison',' épicé',' du chef',' aux crevettes'])[(n + i) % 6 + 1],
            'Préparé à la commande', 500 + (n * 13 + i * 7) % 90 * 100, 10 + i % 20, i, '{}', '{}', (n + i) % 50 <> 0, '2026-01-01Z', 1
        FROM generate_series(@first, @last) AS n, generate_series(1, @items) AS i ON CONFLICT DO NOTHING
        """;

    public static async Task FillAsync(string database, int restaurants)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        for (var first = 1; first <= restaurants; first += Step)
        {
            var last = Math.Min(first + Step - 1, restaurants);
            foreach (var sql in new[] { Restaurants, Categories, Items })
                await ExecuteAsync(connection, sql, first, last);
            Figures.Note($"{last:N0} of {restaurants:N0} restaurants, {last * ItemsPerRestaurant:N0} items");
        }
        await ExecuteAsync(connection, "VACUUM ANALYZE catalog.restaurants, catalog.menu_categories, catalog.menu_items", 0, 0);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, int first, int last)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        foreach (var (name, value) in new[] { ("first", first), ("last", last), ("items", ItemsPerRestaurant), ("categories", CategoriesPerRestaurant) })
            if (sql.Contains($"@{name}", StringComparison.Ordinal))
                command.Parameters.AddWithValue(name, value);
        await command.ExecuteNonQueryAsync();
    }
}
