using EatFast.Catalog.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Data;

/// <summary>SQL functions of the schema, callable in LINQ: rules that lists have to filter by exist once, in the database.</summary>
internal static class CatalogFunctions
{
    /// <summary>Created before the tables, whose generated columns call them; a change needs a migration of its own.</summary>
    public const string Create = """
        CREATE FUNCTION catalog.plain(value text) RETURNS text
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        -- unaccent alone is only STABLE; naming its dictionary makes the promise true, and generated columns possible.
        RETURN lower(public.unaccent('public.unaccent'::regdictionary, value));

        CREATE FUNCTION catalog.distance_km(lat1 float8, lng1 float8, lat2 float8, lng2 float8) RETURNS float8
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        -- Nowhere is no distance: least() alone would skip the NULL and answer half the globe.
        RETURN CASE WHEN lat2 IS NOT NULL AND lng2 IS NOT NULL THEN 2 * 6371.0088 * asin(least(1, sqrt(
            sin(radians(lat2 - lat1) / 2) ^ 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lng2 - lng1) / 2) ^ 2))) END;

        -- plpgsql, because it keeps its plan from row to row; times of day compare as text.
        CREATE FUNCTION catalog.is_open(status text, is_paused boolean, hours jsonb, moment timestamptz) RETURNS boolean
        LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $function$
        DECLARE
            weekdays CONSTANT text[] := ARRAY['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
            -- Cameroon is at UTC+1 all year.
            clock CONSTANT timestamp := moment AT TIME ZONE interval '1 hour';
            now CONSTANT text COLLATE "C" := clock::time::text;
            today CONSTANT int := extract(isodow FROM clock)::int;
            span text COLLATE "C";
        BEGIN
            IF status <> 'active' OR is_paused THEN
                RETURN false;
            END IF;
            FOREACH span IN ARRAY string_to_array(replace(coalesce(hours ->> weekdays[today], ''), ' ', ''), ',') LOOP
                IF span LIKE '__:__-__:__' AND now >= left(span, 5) AND (now < right(span, 5) OR right(span, 5) <= left(span, 5)) THEN
                    RETURN true;
                END IF;
            END LOOP;
            -- Yesterday's evening may run past midnight.
            FOREACH span IN ARRAY string_to_array(replace(coalesce(hours ->> weekdays[(today + 5) % 7 + 1], ''), ' ', ''), ',') LOOP
                IF span LIKE '__:__-__:__' AND now < right(span, 5) AND right(span, 5) <= left(span, 5) THEN
                    RETURN true;
                END IF;
            END LOOP;
            RETURN false;
        END $function$;
        """;

    /// <summary>Added with holidays and pauses that end by themselves; the older form stays for processes that still call it.</summary>
    public const string CreateIsOpenWithHolidays = """
        CREATE FUNCTION catalog.is_open(
            status text, is_paused boolean, paused_until timestamptz, closed_on date[], hours jsonb, moment timestamptz) RETURNS boolean
        LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $function$
        DECLARE
            weekdays CONSTANT text[] := ARRAY['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
            -- Cameroon is at UTC+1 all year.
            clock CONSTANT timestamp := moment AT TIME ZONE interval '1 hour';
            day CONSTANT date := clock::date;
            now CONSTANT text COLLATE "C" := clock::time::text;
            today CONSTANT int := extract(isodow FROM clock)::int;
            span text COLLATE "C";
        BEGIN
            IF status <> 'active' OR (is_paused AND (paused_until IS NULL OR moment < paused_until)) THEN
                RETURN false;
            END IF;
            IF NOT day = ANY (closed_on) THEN
                FOREACH span IN ARRAY string_to_array(replace(coalesce(hours ->> weekdays[today], ''), ' ', ''), ',') LOOP
                    IF span LIKE '__:__-__:__' AND now >= left(span, 5) AND (now < right(span, 5) OR right(span, 5) <= left(span, 5)) THEN
                        RETURN true;
                    END IF;
                END LOOP;
            END IF;
            -- Yesterday's evening may run past midnight.
            IF NOT day - 1 = ANY (closed_on) THEN
                FOREACH span IN ARRAY string_to_array(replace(coalesce(hours ->> weekdays[(today + 5) % 7 + 1], ''), ' ', ''), ',') LOOP
                    IF span LIKE '__:__-__:__' AND now < right(span, 5) AND right(span, 5) <= left(span, 5) THEN
                        RETURN true;
                    END IF;
                END LOOP;
            END IF;
            RETURN false;
        END $function$;
        """;

    /// <summary>For ordering by nearness only: a plane of degrees, which near the equator differs from the globe by less than a hundredth.</summary>
    public const string CreateNearness = """
        CREATE FUNCTION catalog.degrees_apart(lat1 float8, lng1 float8, lat2 float8, lng2 float8) RETURNS float8
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        -- Inlined, so that the index on the point answers it nearest first.
        RETURN point(lng1, lat1) <-> point(lng2, lat2);

        CREATE INDEX ix_restaurants_place ON catalog.restaurants USING gist (point(longitude, latitude)) WHERE status = 'active';
        """;

    /// <summary>Each name of a dish once; a name that no dish has any more does no harm.</summary>
    public const string KeepDishNames = """
        CREATE FUNCTION catalog.keep_dish_name() RETURNS trigger LANGUAGE plpgsql AS $function$
        BEGIN
            INSERT INTO catalog.dish_names (name) VALUES (NEW.search_name) ON CONFLICT DO NOTHING;
            RETURN NULL;
        END $function$;

        CREATE TRIGGER dish_names_are_kept AFTER INSERT OR UPDATE OF name ON catalog.menu_items
            FOR EACH ROW EXECUTE FUNCTION catalog.keep_dish_name();

        INSERT INTO catalog.dish_names (name) SELECT DISTINCT search_name FROM catalog.menu_items;
        """;

    public const string ForgetDishNames = "DROP TRIGGER dish_names_are_kept ON catalog.menu_items; DROP FUNCTION catalog.keep_dish_name()";

    public const string DropNearness = "DROP INDEX catalog.ix_restaurants_place; DROP FUNCTION catalog.degrees_apart(float8, float8, float8, float8)";

    public const string DropIsOpenWithHolidays = "DROP FUNCTION catalog.is_open(text, boolean, timestamptz, date[], jsonb, timestamptz)";

    /// <summary>How alike a typed word and a name have to be for the operator that the trigram indexes serve.</summary>
    public const string AcceptTypos = """
        DO $do$
        BEGIN
            -- Loads pg_trgm, so that its setting is known when it is changed.
            PERFORM public.show_limit();
            EXECUTE format('ALTER DATABASE %I SET pg_trgm.word_similarity_threshold = 0.45', current_database());
        END $do$;
        """;

    public static string Plain(string value) => throw InSqlOnly();

    public static double? DistanceKm(double lat1, double lng1, double? lat2, double? lng2) => throw InSqlOnly();

    public static double DegreesApart(double lat1, double lng1, double lat2, double lng2) => throw InSqlOnly();

    public static bool IsOpen(
        string status, bool isPaused, DateTimeOffset? pausedUntil, IReadOnlyList<DateOnly> closedOn, OperatingHours hours, DateTimeOffset moment) =>
        throw InSqlOnly();

    public static void Map(ModelBuilder model)
    {
        (string Method, string Name)[] functions =
        [
            (nameof(Plain), "plain"), (nameof(DistanceKm), "distance_km"), (nameof(DegreesApart), "degrees_apart"), (nameof(IsOpen), "is_open")
        ];
        foreach (var (method, name) in functions)
            model.HasDbFunction(typeof(CatalogFunctions).GetMethod(method)!).HasName(name).HasSchema(CatalogDbContext.Schema);
    }

    private static NotSupportedException InSqlOnly() => new("This function exists in SQL only.");
}
