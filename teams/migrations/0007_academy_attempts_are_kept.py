"""What somebody answered and what came of it stands as it was handed in."""

from django.db import migrations

from ipd.kernel.append_only import never_emptied

KEEP = """
CREATE FUNCTION keep_submitted_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.submitted_at IS NOT NULL THEN
        RAISE EXCEPTION 'a submitted attempt is kept: % is refused', TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER submitted_attempts_never_change BEFORE UPDATE OR DELETE ON teams_attempt
    FOR EACH ROW EXECUTE FUNCTION keep_submitted_attempt();
"""
FREE = "DROP FUNCTION keep_submitted_attempt() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0006_certificates_are_kept"),
        ("kernel", "0002_ledger_is_append_only"),
    ]
    operations = [migrations.RunSQL(KEEP, FREE), never_emptied("teams_attempt")]
