from django.db import migrations

FROZEN = """
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
REVERSE = "DROP FUNCTION refuse_fact_when_decided() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("gates", "0003_facts")]

    operations = [migrations.RunSQL(FROZEN, REVERSE)]
