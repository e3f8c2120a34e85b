from django.db import migrations

TRIGGERS = """
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
CREATE TRIGGER cases_are_never_emptied BEFORE TRUNCATE ON ipd_businesscase
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

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
CREATE TRIGGER flows_are_never_emptied BEFORE TRUNCATE ON ipd_caseflow
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

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
CREATE TRIGGER changes_are_never_emptied BEFORE TRUNCATE ON ipd_changerequest
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

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
REVERSE = """
DROP TRIGGER assessments_of_decided_never_change ON ipd_changeassessment;
DROP TRIGGER decided_elements_never_change ON ipd_changeelement;
DROP TRIGGER changes_are_never_emptied ON ipd_changerequest;
DROP TRIGGER decided_changes_never_change ON ipd_changerequest;
DROP TRIGGER flows_are_never_emptied ON ipd_caseflow;
DROP TRIGGER accepted_flows_never_change ON ipd_caseflow;
DROP TRIGGER cases_are_never_emptied ON ipd_businesscase;
DROP TRIGGER accepted_cases_never_change ON ipd_businesscase;
DROP FUNCTION keep_decided_part();
DROP FUNCTION keep_decided_change();
DROP FUNCTION keep_accepted_flow();
DROP FUNCTION keep_accepted_case();
"""


class Migration(migrations.Migration):
    dependencies = [("ipd", "0015_cases"), ("kernel", "0002_ledger_is_append_only")]

    operations = [migrations.RunSQL(TRIGGERS, REVERSE)]
