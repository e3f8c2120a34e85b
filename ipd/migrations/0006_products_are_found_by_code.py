"""Search finds a product by the beginning of its code."""

from django.db import migrations

STARTS = """
CREATE INDEX products_by_start_of_code ON ipd_product USING btree (upper(code) text_pattern_ops)
"""


class Migration(migrations.Migration):
    dependencies = [("ipd", "0005_requirements_are_found_and_traced")]

    operations = [
        migrations.RunSQL(STARTS, "DROP INDEX products_by_start_of_code"),
    ]
