"""Votes and decisions are superseded, never edited; what a decision rested on stands still."""

from django.db import migrations

from ipd.kernel.append_only import append_only

FROZEN = """
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

CREATE FUNCTION refuse_fact_when_decided() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed gates_criterionfact := COALESCE(NEW, OLD);
BEGIN
    IF EXISTS (
        SELECT FROM gates_reviewcriterion AS criterion
        JOIN gates_review AS review ON review.id = criterion.review_id
        WHERE criterion.id = changed.criterion_id AND review.stage = 'decided'
    ) THEN
        RAISE EXCEPTION 'the facts of a decided review are frozen'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN changed;
END $$;
CREATE TRIGGER facts_of_a_decided_review_are_frozen
    BEFORE INSERT OR UPDATE OR DELETE ON gates_criterionfact
    FOR EACH ROW EXECUTE FUNCTION refuse_fact_when_decided();
"""
THAWED = """
DROP FUNCTION refuse_fact_when_decided() CASCADE;
DROP FUNCTION refuse_when_decided() CASCADE;
DROP FUNCTION allow_only_superseding() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("gates", "0001_tables"), ("kernel", "0002_ledger_is_append_only")]

    operations = [
        migrations.RunSQL(FROZEN, THAWED),
        append_only(
            "gates_score",
            "gates_dissent",
            "gates_evidence",
            "gates_conditionevent",
        ),
    ]
