"""Certificates are revoked, never edited; ratings and practice stay as they were told."""

from django.db import migrations

from ipd.kernel.append_only import append_only, never_emptied

KEPT = """
CREATE FUNCTION allow_only_revoking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.revoked_on IS NULL
       AND to_jsonb(NEW) - '{revoked_on,revoked_reason,revoked_by_id}'::text[]
         = to_jsonb(OLD) - '{revoked_on,revoked_reason,revoked_by_id}'::text[] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a certificate is never edited: it is revoked'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER certificates_are_revoked_never_edited
    BEFORE UPDATE OR DELETE ON teams_certificate
    FOR EACH ROW EXECUTE FUNCTION allow_only_revoking();
"""
FREED = "DROP FUNCTION allow_only_revoking() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0005_academy"),
        ("kernel", "0002_ledger_is_append_only"),
    ]

    operations = [
        migrations.RunSQL(KEPT, FREED),
        never_emptied("teams_certificate"),
        append_only("teams_interviewrating", "teams_practiceevidence"),
    ]
