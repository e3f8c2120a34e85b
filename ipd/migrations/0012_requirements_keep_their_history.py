"""Requirements are found by word; their baselines, steps and levels never change."""

from django.db import migrations

# Words, and pairs of characters where words have no gaps between them.
WORDS = r"""
CREATE FUNCTION requirement_words(code text, title text, body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT to_tsvector('simple', translate(said, '-_./:@+', '       ')) || CASE
        WHEN said ~ '[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]' THEN (
            SELECT array_to_tsvector(array_agg(DISTINCT substr(run[1], n, 2)))
            FROM regexp_matches(said, '[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+', 'g') AS run,
                 generate_series(1, greatest(length(run[1]) - 1, 1)) AS n)
        ELSE '' END
    FROM (SELECT code || ' ' || title || ' ' || body AS said) AS all_of_it
$$
;
CREATE FUNCTION fill_requirement_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.words := requirement_words(NEW.code, NEW.title, NEW.text);
    RETURN NEW;
END $$;
CREATE TRIGGER requirement_words_are_those_of_its_text
    BEFORE INSERT OR UPDATE OF code, title, text ON ipd_requirement
    FOR EACH ROW EXECUTE FUNCTION fill_requirement_words();
"""
NO_WORDS = """
DROP TRIGGER requirement_words_are_those_of_its_text ON ipd_requirement;
DROP FUNCTION fill_requirement_words();
DROP FUNCTION requirement_words(text, text, text);
"""
LEVELS = """
CREATE FUNCTION keep_requirement_level() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a requirement never changes its level'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER requirement_level_never_changes BEFORE UPDATE ON ipd_requirement
    FOR EACH ROW WHEN (OLD.level IS DISTINCT FROM NEW.level)
    EXECUTE FUNCTION keep_requirement_level();
CREATE FUNCTION fill_link_levels() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT level INTO NEW.upper_level FROM ipd_requirement WHERE id = NEW.upper_id;
    SELECT level INTO NEW.lower_level FROM ipd_requirement WHERE id = NEW.lower_id;
    RETURN NEW;
END $$;
CREATE TRIGGER link_levels_are_those_of_its_ends BEFORE INSERT OR UPDATE ON ipd_requirementlink
    FOR EACH ROW EXECUTE FUNCTION fill_link_levels();
"""
NO_LEVELS = """
DROP TRIGGER link_levels_are_those_of_its_ends ON ipd_requirementlink;
DROP FUNCTION fill_link_levels();
DROP TRIGGER requirement_level_never_changes ON ipd_requirement;
DROP FUNCTION keep_requirement_level();
"""
APPEND_ONLY = """
CREATE TRIGGER requirement_baselines_never_change
    BEFORE UPDATE OR DELETE ON ipd_requirementbaseline
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER requirement_baseline_items_never_change
    BEFORE UPDATE OR DELETE ON ipd_requirementbaselineitem
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER requirement_baseline_items_are_never_emptied
    BEFORE TRUNCATE ON ipd_requirementbaselineitem
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER requirement_steps_never_change
    BEFORE UPDATE OR DELETE ON ipd_requirementstep
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER requirement_steps_are_never_emptied
    BEFORE TRUNCATE ON ipd_requirementstep
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
MUTABLE = """
DROP TRIGGER requirement_steps_are_never_emptied ON ipd_requirementstep;
DROP TRIGGER requirement_steps_never_change ON ipd_requirementstep;
DROP TRIGGER requirement_baseline_items_are_never_emptied ON ipd_requirementbaselineitem;
DROP TRIGGER requirement_baseline_items_never_change ON ipd_requirementbaselineitem;
DROP TRIGGER requirement_baselines_never_change ON ipd_requirementbaseline;
"""


class Migration(migrations.Migration):
    dependencies = [("ipd", "0011_requirements"), ("kernel", "0002_ledger_is_append_only")]

    operations = [
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.RunSQL(LEVELS, NO_LEVELS),
        migrations.RunSQL(APPEND_ONLY, MUTABLE),
    ]
