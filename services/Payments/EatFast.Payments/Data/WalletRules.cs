namespace EatFast.Payments.Data;

/// <summary>Keeps wallets equal to the ledger inside the database: nobody else can write them, and a debit that is not covered fails.</summary>
public static class WalletRules
{
    public const string BalanceConstraint = "ck_wallets_balance";

    public const string Sql = """
        INSERT INTO payments.wallets (account, owner_id, balance_xaf, updated_at)
        SELECT account, owner_id, -sum(amount_xaf), now() FROM payments.ledger_lines
        WHERE owner_id IS NOT NULL AND account <> 'order_escrow' GROUP BY account, owner_id;

        CREATE FUNCTION payments.move_wallet() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            -- The row lock makes debits of one wallet wait for each other. Uses pk_wallets.
            UPDATE payments.wallets SET balance_xaf = balance_xaf - NEW.amount_xaf, updated_at = now()
            WHERE account = NEW.account AND owner_id = NEW.owner_id;
            IF NOT FOUND THEN
                INSERT INTO payments.wallets AS known (account, owner_id, balance_xaf, updated_at)
                VALUES (NEW.account, NEW.owner_id, -NEW.amount_xaf, now())
                ON CONFLICT (account, owner_id) DO UPDATE
                SET balance_xaf = known.balance_xaf + EXCLUDED.balance_xaf, updated_at = now();
            END IF;
            RETURN NULL;
        END $body$;

        CREATE FUNCTION payments.refuse_wallet_change() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF pg_trigger_depth() < 2 THEN
                RAISE EXCEPTION 'A wallet changes with the ledger only: % is refused.', TG_OP USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NULL;
        END $body$;

        CREATE TRIGGER ledger_line_moves_wallet AFTER INSERT ON payments.ledger_lines FOR EACH ROW
            WHEN (NEW.owner_id IS NOT NULL AND NEW.account <> 'order_escrow') EXECUTE FUNCTION payments.move_wallet();
        CREATE TRIGGER wallets_follow_the_ledger BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON payments.wallets
            FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_wallet_change();
        """;
}
