from django.db import migrations

SUPERSEDE = """
CREATE FUNCTION allow_only_superseding() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.superseded_at IS NULL
       AND to_jsonb(NEW) - 'superseded_at' = to_jsonb(OLD) - 'superseded_at' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is never edited: it is superseded', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER decisions_are_superseded_never_edited BEFORE UPDATE OR DELETE ON gates_decision
    FOR EACH ROW EXECUTE FUNCTION allow_only_superseding();
CREATE TRIGGER votes_are_superseded_never_edited BEFORE UPDATE OR DELETE ON gates_vote
    FOR EACH ROW EXECUTE FUNCTION allow_only_superseding();
CREATE TRIGGER scores_never_change BEFORE UPDATE OR DELETE ON gates_score
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dissents_never_change BEFORE UPDATE OR DELETE ON gates_dissent
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER evidence_never_changes BEFORE UPDATE OR DELETE ON gates_evidence
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER condition_history_never_changes BEFORE UPDATE OR DELETE ON gates_conditionevent
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
FROZEN = """
CREATE FUNCTION refuse_when_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM gates_review WHERE id = OLD.review_id AND stage = 'decided') THEN
        RAISE EXCEPTION 'the criteria of a decided review are frozen'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER criteria_of_a_decided_review_are_frozen
    BEFORE UPDATE OR DELETE ON gates_reviewcriterion
    FOR EACH ROW EXECUTE FUNCTION refuse_when_decided();
"""
REVERSE = """
DROP FUNCTION allow_only_superseding() CASCADE;
DROP FUNCTION refuse_when_decided() CASCADE;
DROP TRIGGER scores_never_change ON gates_score;
DROP TRIGGER dissents_never_change ON gates_dissent;
DROP TRIGGER evidence_never_changes ON gates_evidence;
DROP TRIGGER condition_history_never_changes ON gates_conditionevent;
"""


class Migration(migrations.Migration):
    dependencies = [("gates", "0001_tables"), ("kernel", "0002_ledger_is_append_only")]

    operations = [migrations.RunSQL(SUPERSEDE + FROZEN, REVERSE)]
