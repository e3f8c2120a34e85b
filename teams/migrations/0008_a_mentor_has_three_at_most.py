"""A mentor has three learners at most, however many are proposed at once."""

from django.db import migrations

from ipd.kernel.append_only import append_only

LIMIT = """
CREATE FUNCTION refuse_a_fourth_learner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'ended' AND NEW.exceeds = '' THEN
        PERFORM 1 FROM teams_person WHERE id = NEW.mentor_id FOR NO KEY UPDATE;
        IF (SELECT count(*) FROM teams_mentorship
            WHERE mentor_id = NEW.mentor_id AND state <> 'ended' AND exceeds = ''
              AND id <> NEW.id) >= 3 THEN
            RAISE EXCEPTION 'a mentor has three learners at most'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_mentor_has_three_at_most';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_mentor_has_three_at_most
    BEFORE INSERT OR UPDATE OF mentor_id, exceeds ON teams_mentorship
    FOR EACH ROW EXECUTE FUNCTION refuse_a_fourth_learner();
"""
NONE = """
DROP TRIGGER a_mentor_has_three_at_most ON teams_mentorship;
DROP FUNCTION refuse_a_fourth_learner();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0007_academy_attempts_are_kept"),
        ("kernel", "0002_ledger_is_append_only"),
    ]
    operations = [migrations.RunSQL(LIMIT, NONE), append_only("teams_peeranswer")]
