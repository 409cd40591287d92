namespace EatFast.Catalog.Data;

/// <summary>
/// Keeps on each dish the town in which it can be ordered, none while its restaurant or category is hidden: so that one index leads from a
/// name and a town to the restaurants that cook it.
/// </summary>
internal static class DishTowns
{
    public const string Keep = """
        CREATE FUNCTION catalog.place_dish() RETURNS trigger LANGUAGE plpgsql AS $function$
        BEGIN
            -- The locks let nobody hide the restaurant or the category until this dish can be seen by whoever does.
            SELECT r.search_city INTO NEW.search_city FROM catalog.restaurants AS r, catalog.menu_categories AS c
            WHERE r.id = NEW.restaurant_id AND r.status = 'active' AND c.id = NEW.category_id AND c.is_active FOR SHARE;
            RETURN NEW;
        END $function$;

        CREATE TRIGGER dishes_are_placed BEFORE INSERT OR UPDATE OF category_id, restaurant_id ON catalog.menu_items
            FOR EACH ROW EXECUTE FUNCTION catalog.place_dish();

        CREATE FUNCTION catalog.place_dishes(of_restaurant uuid, of_category uuid) RETURNS void LANGUAGE sql AS $function$
            UPDATE catalog.menu_items AS item SET search_city = CASE WHEN r.status = 'active' AND c.is_active THEN r.search_city END
            FROM catalog.restaurants AS r, catalog.menu_categories AS c
            WHERE r.id = item.restaurant_id AND c.id = item.category_id
                AND (of_restaurant IS NULL OR item.restaurant_id = of_restaurant) AND (of_category IS NULL OR item.category_id = of_category);
        $function$;

        CREATE FUNCTION catalog.place_dishes_of_restaurant() RETURNS trigger LANGUAGE plpgsql AS $function$
        BEGIN
            PERFORM catalog.place_dishes(NEW.id, NULL);
            RETURN NULL;
        END $function$;

        CREATE FUNCTION catalog.place_dishes_of_category() RETURNS trigger LANGUAGE plpgsql AS $function$
        BEGIN
            PERFORM catalog.place_dishes(NEW.restaurant_id, NEW.id);
            RETURN NULL;
        END $function$;

        CREATE TRIGGER dishes_follow_their_restaurant AFTER UPDATE OF status, city ON catalog.restaurants
            FOR EACH ROW WHEN (OLD.status <> NEW.status OR OLD.city <> NEW.city) EXECUTE FUNCTION catalog.place_dishes_of_restaurant();

        CREATE TRIGGER dishes_follow_their_category AFTER UPDATE OF is_active ON catalog.menu_categories
            FOR EACH ROW WHEN (OLD.is_active <> NEW.is_active) EXECUTE FUNCTION catalog.place_dishes_of_category();

        SELECT catalog.place_dishes(NULL, NULL);
        """;

    public const string Forget = """
        DROP TRIGGER dishes_follow_their_category ON catalog.menu_categories;
        DROP TRIGGER dishes_follow_their_restaurant ON catalog.restaurants;
        DROP TRIGGER dishes_are_placed ON catalog.menu_items;
        DROP FUNCTION catalog.place_dishes_of_category(), catalog.place_dishes_of_restaurant(), catalog.place_dishes(uuid, uuid), catalog.place_dish();
        """;

    /// <summary>For questions of a few milliseconds on disks that seek for free: compiling a plan or avoiding an index costs more than it saves.</summary>
    public const string PlanForShortQuestions = """
        DO $do$
        BEGIN
            EXECUTE format('ALTER DATABASE %I SET jit = off', current_database());
            EXECUTE format('ALTER DATABASE %I SET random_page_cost = 1.1', current_database());
        END $do$;
        """;
}
