"""Search finds a person by the beginning of any word of the name, or of the number."""

from django.db import migrations

WORDS = """
CREATE INDEX people_by_word_of_name ON teams_person
    USING gin (to_tsvector('simple'::regconfig, COALESCE(name, '')))
"""
NUMBERS = """
CREATE INDEX people_by_start_of_number ON teams_person
    USING btree (upper(code) text_pattern_ops)
"""


class Migration(migrations.Migration):
    dependencies = [("teams", "0001_tables")]

    operations = [
        migrations.RunSQL(WORDS, "DROP INDEX people_by_word_of_name"),
        migrations.RunSQL(NUMBERS, "DROP INDEX people_by_start_of_number"),
    ]
