"""Versions, ratings, signatures and checks are only added to; what is signed never changes."""

from django.db import migrations

from ipd.kernel.append_only import append_only

# What was signed says for good what it said when it was signed.
KEEP = """
CREATE FUNCTION keep_signed_plan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    plan_of bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.plan_id ELSE OLD.plan_id END;
BEGIN
    IF (SELECT state FROM teams_developmentplan WHERE id = plan_of) <> 'draft' THEN
        RAISE EXCEPTION 'what is signed of a development plan never changes';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER levels_of_a_signed_plan_never_change
    BEFORE INSERT OR UPDATE OR DELETE ON teams_developmentlevel
    FOR EACH ROW EXECUTE FUNCTION keep_signed_plan();
CREATE TRIGGER goals_of_a_signed_plan_never_change
    BEFORE INSERT OR UPDATE OR DELETE ON teams_developmentgoal
    FOR EACH ROW EXECUTE FUNCTION keep_signed_plan();
"""
NO_KEEP = "DROP FUNCTION keep_signed_plan() CASCADE;"

# Whoever forgets to ask: nobody rates their own work.
ALONE = """
CREATE FUNCTION refuse_own_assessment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.person_id = (
        SELECT e.person_id FROM teams_assignment a
        JOIN teams_enrolment e ON e.id = a.enrolment_id WHERE a.id = NEW.assignment_id
    ) THEN
        RAISE EXCEPTION 'nobody assesses their own work';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nobody_assesses_their_own_work
    BEFORE INSERT OR UPDATE ON teams_assignmentassessor
    FOR EACH ROW EXECUTE FUNCTION refuse_own_assessment();
"""
NO_ALONE = "DROP FUNCTION refuse_own_assessment() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0008_a_mentor_has_three_at_most"),
        ("kernel", "0002_ledger_is_append_only"),
    ]
    operations = [
        append_only(
            *("teams_assignmentversion", "teams_assignmentversion_pieces"),
            *("teams_assignmentrating", "teams_rotationrating"),
            *("teams_developmentsignature", "teams_developmentcheck"),
        ),
        migrations.RunSQL(KEEP, NO_KEEP),
        migrations.RunSQL(ALONE, NO_ALONE),
    ]
