from django.db import migrations

ANOTHER = """
CREATE FUNCTION refuse_own_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM teams_kpireading WHERE id = NEW.reading_id
               AND entered_by_id = NEW.by_id) THEN
        RAISE EXCEPTION 'a reading is approved by another than who entered it'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_reading_is_approved_by_another BEFORE INSERT ON teams_kpiapproval
    FOR EACH ROW EXECUTE FUNCTION refuse_own_approval();
"""
NOBODY = """
DROP TRIGGER a_reading_is_approved_by_another ON teams_kpiapproval;
DROP FUNCTION refuse_own_approval();
"""


class Migration(migrations.Migration):
    dependencies = [("teams", "0005_open_readings")]
    operations = [migrations.RunSQL(ANOTHER, NOBODY)]
