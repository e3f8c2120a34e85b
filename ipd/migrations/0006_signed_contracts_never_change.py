from django.db import migrations

TRIGGERS = """
CREATE FUNCTION keep_signed_contract() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.signed_on IS NOT NULL AND (TG_OP = 'DELETE' OR
        to_jsonb(OLD) - '{is_current,ended_on}'::text[]
        IS DISTINCT FROM to_jsonb(NEW) - '{is_current,ended_on}'::text[])
    THEN
        RAISE EXCEPTION 'a signed contract is kept: % is refused', TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signed_contracts_never_change BEFORE UPDATE OR DELETE ON ipd_contract
    FOR EACH ROW EXECUTE FUNCTION keep_signed_contract();
CREATE TRIGGER contracts_are_never_emptied BEFORE TRUNCATE ON ipd_contract
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION keep_signed_element() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ipd_contract
               WHERE id = OLD.contract_id AND signed_on IS NOT NULL)
    THEN
        RAISE EXCEPTION 'an element of a signed contract is kept: % is refused', TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signed_elements_never_change BEFORE UPDATE OR DELETE ON ipd_contractelement
    FOR EACH ROW EXECUTE FUNCTION keep_signed_element();
CREATE TRIGGER elements_are_never_emptied BEFORE TRUNCATE ON ipd_contractelement
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER contract_readings_never_change BEFORE UPDATE OR DELETE ON ipd_contractreading
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER contract_readings_are_never_emptied BEFORE TRUNCATE ON ipd_contractreading
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
REVERSE = """
DROP TRIGGER contract_readings_are_never_emptied ON ipd_contractreading;
DROP TRIGGER contract_readings_never_change ON ipd_contractreading;
DROP TRIGGER elements_are_never_emptied ON ipd_contractelement;
DROP TRIGGER signed_elements_never_change ON ipd_contractelement;
DROP TRIGGER contracts_are_never_emptied ON ipd_contract;
DROP TRIGGER signed_contracts_never_change ON ipd_contract;
DROP FUNCTION keep_signed_element();
DROP FUNCTION keep_signed_contract();
"""


class Migration(migrations.Migration):
    dependencies = [("ipd", "0005_contracts"), ("kernel", "0002_ledger_is_append_only")]

    operations = [migrations.RunSQL(TRIGGERS, REVERSE)]
