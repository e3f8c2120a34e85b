from django.db import migrations

FUNCTION = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
TRIGGERS = """
CREATE TRIGGER ledger_rows_never_change BEFORE UPDATE OR DELETE ON kernel_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_is_never_emptied BEFORE TRUNCATE ON kernel_ledgerentry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
REVERSE = """
DROP TRIGGER ledger_rows_never_change ON kernel_ledgerentry;
DROP TRIGGER ledger_is_never_emptied ON kernel_ledgerentry;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_tables")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION refuse_change()"),
        migrations.RunSQL(TRIGGERS, REVERSE),
    ]
