"""Requirements are found by word; their levels, and those of their links, never differ."""

from django.db import migrations

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
DROP FUNCTION fill_requirement_words() CASCADE;
DROP FUNCTION requirement_words(text, text, text) CASCADE;
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
DROP FUNCTION fill_link_levels() CASCADE;
DROP FUNCTION keep_requirement_level() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("ipd", "0004_what_was_signed_is_kept")]

    operations = [
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.RunSQL(LEVELS, NO_LEVELS),
    ]
