"""Parts make their movement, orders are only closed, closed months take no costs."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION parts_make_the_movement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT sum(amount) FROM ipd_budgetallocation WHERE movement_id = NEW.movement_id)
        IS DISTINCT FROM (SELECT amount FROM ipd_budgetmovement WHERE id = NEW.movement_id)
    THEN
        RAISE EXCEPTION 'the parts of movement % do not make its amount', NEW.movement_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER the_parts_of_a_movement_make_its_amount
    AFTER INSERT ON ipd_budgetallocation DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION parts_make_the_movement();

CREATE FUNCTION keep_commitment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.closed_on IS NOT NULL OR
        to_jsonb(OLD) - '{closed_on,closed_by_id}'::text[]
        IS DISTINCT FROM to_jsonb(NEW) - '{closed_on,closed_by_id}'::text[]
    THEN
        RAISE EXCEPTION 'a commitment is only ever closed: % is refused', TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER commitments_are_only_closed BEFORE UPDATE OR DELETE ON ipd_commitment
    FOR EACH ROW EXECUTE FUNCTION keep_commitment();

CREATE FUNCTION wait_for_the_books() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'ipd_period' THEN
        PERFORM pg_advisory_xact_lock(7310002);
    ELSE
        PERFORM pg_advisory_xact_lock_shared(7310002);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER closing_waits_for_actuals BEFORE INSERT ON ipd_period
    FOR EACH STATEMENT EXECUTE FUNCTION wait_for_the_books();
CREATE TRIGGER actuals_wait_for_closing BEFORE INSERT ON ipd_actual
    FOR EACH STATEMENT EXECUTE FUNCTION wait_for_the_books();

CREATE FUNCTION month_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ipd_period WHERE month = NEW.month) THEN
        RAISE EXCEPTION 'the books of % are closed', to_char(NEW.month, 'YYYY-MM')
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_closed_month_takes_no_actuals BEFORE INSERT ON ipd_actual
    FOR EACH ROW EXECUTE FUNCTION month_is_open();
"""
NONE = """
DROP FUNCTION month_is_open() CASCADE;
DROP FUNCTION wait_for_the_books() CASCADE;
DROP FUNCTION keep_commitment() CASCADE;
DROP FUNCTION parts_make_the_movement() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("ipd", "0002_history_is_append_only")]

    operations = [
        migrations.RunSQL(GUARDS, NONE),
    ]
