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

        CREATE FUNCTION catalog.is_open(status text, is_paused boolean, hours jsonb, moment timestamptz) RETURNS boolean
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        -- Cameroon is at UTC+1 all year. Yesterday is looked at too: its evening may run past midnight.
        RETURN status = 'active' AND NOT is_paused AND EXISTS (
            SELECT FROM (VALUES (0), (1)) AS shift(days)
            CROSS JOIN LATERAL (SELECT (moment AT TIME ZONE interval '1 hour') - shift.days * interval '1 day' AS at) AS day
            CROSS JOIN LATERAL regexp_split_to_table(
                hours ->> (ARRAY['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'])
                    [extract(isodow FROM day.at)::int],
                '\s*,\s*') AS span
            CROSS JOIN LATERAL (SELECT regexp_match(span, '^\s*(\d\d):(\d\d)\s*-\s*(\d\d):(\d\d)\s*$') AS t) AS parsed
            CROSS JOIN LATERAL (SELECT t[1]::int * 60 + t[2]::int AS opens, t[3]::int * 60 + t[4]::int AS closes) AS minutes
            CROSS JOIN LATERAL (
                SELECT extract(hour FROM day.at)::int * 60 + extract(minute FROM day.at)::int + shift.days * 1440 AS minute) AS clock
            WHERE minute >= opens AND minute < CASE WHEN closes > opens THEN closes ELSE closes + 1440 END);
        """;

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

    public static bool IsOpen(string status, bool isPaused, OperatingHours hours, DateTimeOffset moment) => throw InSqlOnly();

    public static void Map(ModelBuilder model)
    {
        foreach (var (method, name) in new[] { (nameof(Plain), "plain"), (nameof(DistanceKm), "distance_km"), (nameof(IsOpen), "is_open") })
            model.HasDbFunction(typeof(CatalogFunctions).GetMethod(method)!).HasName(name).HasSchema(CatalogDbContext.Schema);
    }

    private static NotSupportedException InSqlOnly() => new("This function exists in SQL only.");
}
