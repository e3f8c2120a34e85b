from django.db import migrations

TRIGGERS = """
CREATE TRIGGER movements_never_change BEFORE UPDATE OR DELETE ON ipd_budgetmovement
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER movements_are_never_emptied BEFORE TRUNCATE ON ipd_budgetmovement
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
REVERSE = """
DROP TRIGGER movements_never_change ON ipd_budgetmovement;
DROP TRIGGER movements_are_never_emptied ON ipd_budgetmovement;
"""


class Migration(migrations.Migration):
    dependencies = [("ipd", "0001_tables"), ("kernel", "0002_ledger_is_append_only")]

    operations = [migrations.RunSQL(TRIGGERS, REVERSE)]
