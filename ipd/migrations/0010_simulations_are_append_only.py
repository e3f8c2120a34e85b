from django.db import migrations

TABLES = {
    "ipd_simulation": "simulations",
    "ipd_simulationactivity": "simulated_activities",
    "ipd_riskreview": "risk_reviews",
}
TRIGGERS = "".join(
    f"""
CREATE TRIGGER {words}_never_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER {words}_are_never_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
    for table, words in TABLES.items()
)
REVERSE = "".join(
    f"""
DROP TRIGGER {words}_never_change ON {table};
DROP TRIGGER {words}_are_never_emptied ON {table};
"""
    for table, words in TABLES.items()
)


class Migration(migrations.Migration):
    dependencies = [("ipd", "0009_risks"), ("kernel", "0002_ledger_is_append_only")]

    operations = [migrations.RunSQL(TRIGGERS, REVERSE)]
