"""Signed contracts, accepted cases and decided change requests never change."""

from django.db import migrations

CONTRACTS = """
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
"""
CASES_AND_CHANGES = """
CREATE FUNCTION keep_accepted_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'accepted' THEN
        RAISE EXCEPTION 'an accepted business case is kept: % is refused', TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accepted_cases_never_change BEFORE UPDATE OR DELETE ON ipd_businesscase
    FOR EACH ROW EXECUTE FUNCTION keep_accepted_case();

CREATE FUNCTION keep_accepted_flow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ipd_businesscase WHERE id = OLD.case_id AND state = 'accepted') THEN
        RAISE EXCEPTION 'a flow of an accepted business case is kept: % is refused', TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accepted_flows_never_change BEFORE UPDATE OR DELETE ON ipd_caseflow
    FOR EACH ROW EXECUTE FUNCTION keep_accepted_flow();

CREATE FUNCTION keep_decided_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'decided' THEN
        RAISE EXCEPTION 'a decided change request is kept: % is refused', TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decided_changes_never_change BEFORE UPDATE OR DELETE ON ipd_changerequest
    FOR EACH ROW EXECUTE FUNCTION keep_decided_change();

CREATE FUNCTION keep_decided_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ipd_changerequest WHERE id = OLD.request_id AND state = 'decided') THEN
        RAISE EXCEPTION 'a decided change request is kept: % of % is refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decided_elements_never_change BEFORE UPDATE OR DELETE ON ipd_changeelement
    FOR EACH ROW EXECUTE FUNCTION keep_decided_part();
CREATE TRIGGER assessments_of_decided_never_change
    BEFORE UPDATE OR DELETE ON ipd_changeassessment
    FOR EACH ROW EXECUTE FUNCTION keep_decided_part();
"""
NO_CONTRACTS = """
DROP FUNCTION keep_signed_element() CASCADE;
DROP FUNCTION keep_signed_contract() CASCADE;
"""
NO_CASES_AND_CHANGES = """
DROP FUNCTION keep_decided_part() CASCADE;
DROP FUNCTION keep_decided_change() CASCADE;
DROP FUNCTION keep_accepted_flow() CASCADE;
DROP FUNCTION keep_accepted_case() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("ipd", "0003_money_adds_up")]

    operations = [
        migrations.RunSQL(CONTRACTS, NO_CONTRACTS),
        migrations.RunSQL(CASES_AND_CHANGES, NO_CASES_AND_CHANGES),
    ]
