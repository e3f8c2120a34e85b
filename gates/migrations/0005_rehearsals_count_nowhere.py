"""A rehearsal leaves no decision, no condition and no row in the process's health."""

from django.db import migrations

REFUSED = """
CREATE FUNCTION refuse_for_a_rehearsal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM gates_review WHERE id = NEW.review_id AND is_rehearsal) THEN
        RAISE EXCEPTION 'a rehearsal leaves nothing in %', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_rehearsal_decides_nothing BEFORE INSERT ON gates_decision
    FOR EACH ROW EXECUTE FUNCTION refuse_for_a_rehearsal();
CREATE TRIGGER a_rehearsal_gives_no_condition BEFORE INSERT ON gates_condition
    FOR EACH ROW EXECUTE FUNCTION refuse_for_a_rehearsal();
CREATE TRIGGER a_rehearsal_defers_nothing BEFORE INSERT ON gates_deferral
    FOR EACH ROW EXECUTE FUNCTION refuse_for_a_rehearsal();
CREATE TRIGGER a_rehearsal_is_not_told BEFORE INSERT ON gates_heldreview
    FOR EACH ROW EXECUTE FUNCTION refuse_for_a_rehearsal();
CREATE TRIGGER a_voted_exercise_stands_still BEFORE UPDATE OR DELETE ON gates_exercise
    FOR EACH ROW WHEN (OLD.voted_at IS NOT NULL) EXECUTE FUNCTION refuse_change();
"""
ALLOWED = """
DROP TRIGGER a_voted_exercise_stands_still ON gates_exercise;
DROP FUNCTION refuse_for_a_rehearsal() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("gates", "0004_rehearsals"),
        ("kernel", "0002_ledger_is_append_only"),
    ]

    operations = [migrations.RunSQL(REFUSED, ALLOWED)]
