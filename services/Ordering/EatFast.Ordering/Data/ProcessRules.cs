namespace EatFast.Ordering.Data;

/// <summary>What the database itself insists on, whoever writes: an order's history has one line per version, and stays.</summary>
public static class ProcessRules
{
    public const string Sql = """
        CREATE FUNCTION ordering.refuse_history_change() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            RAISE EXCEPTION 'An order''s history is append-only: % is refused.', TG_OP USING ERRCODE = 'restrict_violation';
        END $body$;

        CREATE FUNCTION ordering.require_gapless_history() RETURNS trigger LANGUAGE plpgsql AS $body$
        DECLARE
            changed uuid := CASE TG_TABLE_NAME WHEN 'orders' THEN (to_jsonb(NEW) ->> 'id')::uuid
                                               ELSE (to_jsonb(NEW) ->> 'order_id')::uuid END;
            reached integer;
            lines integer;
            newest integer;
        BEGIN
            SELECT version INTO reached FROM ordering.orders WHERE id = changed;
            -- Uses pk_order_events.
            SELECT count(*), max(version) INTO lines, newest FROM ordering.order_events WHERE order_id = changed;
            IF lines IS DISTINCT FROM reached OR newest IS DISTINCT FROM reached THEN
                RAISE EXCEPTION 'Order % is at version %, its history has % lines up to %.', changed, reached, lines, newest
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        END $body$;

        CREATE CONSTRAINT TRIGGER order_history_is_gapless AFTER INSERT OR UPDATE OF version ON ordering.orders
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ordering.require_gapless_history();
        CREATE CONSTRAINT TRIGGER order_history_has_no_extra_line AFTER INSERT ON ordering.order_events
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ordering.require_gapless_history();
        CREATE TRIGGER order_history_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON ordering.order_events
            FOR EACH STATEMENT EXECUTE FUNCTION ordering.refuse_history_change();

        -- Orders from before the watchdog are looked at too.
        UPDATE ordering.orders SET watch_at = updated_at + interval '5 minutes' WHERE status <> 'completed';
        """;

    public const string Undo = """
        DROP FUNCTION ordering.require_gapless_history() CASCADE;
        DROP FUNCTION ordering.refuse_history_change() CASCADE;
        """;
}
