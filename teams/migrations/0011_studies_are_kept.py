"""What a study counts, and what came out, is never rewritten."""

from django.db import migrations

from ipd.kernel.append_only import append_only

KEEP = """
CREATE FUNCTION keep_filled_study() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM teams_studyrow WHERE study_id = OLD.id) THEN
        RAISE EXCEPTION 'a study that has rows is kept: % is refused', TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER filled_studies_never_change BEFORE UPDATE OR DELETE ON teams_study
    FOR EACH ROW EXECUTE FUNCTION keep_filled_study();
"""
FREE = """
DROP TRIGGER filled_studies_never_change ON teams_study;
DROP FUNCTION keep_filled_study();
"""


class Migration(migrations.Migration):
    dependencies = [("teams", "0010_moves_and_draws_are_kept"), ("kernel", "0002_ledger_is_append_only")]
    operations = [migrations.RunSQL(KEEP, FREE), append_only("teams_studyrow")]
