from django.db import migrations

TABLES = ["ipd_partassessment", "ipd_lasttimebuy"]


def triggers(table):
    return f"""
CREATE TRIGGER {table}_never_changes BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER {table}_is_never_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


def reverse(table):
    return f"""
DROP TRIGGER {table}_never_changes ON {table};
DROP TRIGGER {table}_is_never_emptied ON {table};
"""


class Migration(migrations.Migration):
    dependencies = [("ipd", "0013_supply"), ("kernel", "0002_ledger_is_append_only")]

    operations = [
        migrations.RunSQL("".join(map(triggers, TABLES)), "".join(map(reverse, TABLES)))
    ]
