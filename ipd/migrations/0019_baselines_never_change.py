from django.db import migrations

TABLES = ("baseline", "baselinerow", "planedit")
TRIGGERS = "".join(
    f"""
CREATE TRIGGER {table}s_never_change BEFORE UPDATE OR DELETE ON ipd_{table}
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER {table}s_are_never_emptied BEFORE TRUNCATE ON ipd_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
    for table in TABLES
)
REVERSE = "".join(
    f"""
DROP TRIGGER {table}s_never_change ON ipd_{table};
DROP TRIGGER {table}s_are_never_emptied ON ipd_{table};
"""
    for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [("ipd", "0018_kept_at"), ("kernel", "0002_ledger_is_append_only")]

    operations = [migrations.RunSQL(TRIGGERS, REVERSE)]
