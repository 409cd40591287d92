namespace EatFast.Payments.Data;

/// <summary>What the database itself insists on, whoever writes: entries balance, and what is booked stays.</summary>
public static class LedgerRules
{
    public const string Sql = """
        CREATE FUNCTION payments.refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            RAISE EXCEPTION 'The ledger is append-only: % on % is refused.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END $body$;

        CREATE FUNCTION payments.require_balanced_entry() RETURNS trigger LANGUAGE plpgsql AS $body$
        DECLARE
            entry uuid := CASE TG_TABLE_NAME WHEN 'ledger_entries' THEN (to_jsonb(NEW) ->> 'id')::uuid
                                             ELSE (to_jsonb(NEW) ->> 'entry_id')::uuid END;
            total numeric;
        BEGIN
            -- Uses pk_ledger_lines.
            SELECT sum(amount_xaf) INTO total FROM payments.ledger_lines WHERE entry_id = entry;
            IF total IS DISTINCT FROM 0 THEN
                RAISE EXCEPTION 'Ledger entry % does not balance: %.', entry, total USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        END $body$;

        CREATE CONSTRAINT TRIGGER ledger_entry_balances AFTER INSERT ON payments.ledger_entries
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments.require_balanced_entry();
        CREATE CONSTRAINT TRIGGER ledger_line_balances AFTER INSERT ON payments.ledger_lines
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments.require_balanced_entry();
        CREATE TRIGGER ledger_entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON payments.ledger_entries
            FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_ledger_change();
        CREATE TRIGGER ledger_lines_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON payments.ledger_lines
            FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_ledger_change();
        """;
}
