"""Search finds a product by the beginning of its code."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ipd", "0002_movements_are_append_only")]
    operations = [
        migrations.RunSQL(
            """CREATE INDEX products_by_start_of_code ON ipd_product
               USING btree (upper(code) text_pattern_ops)""",
            "DROP INDEX products_by_start_of_code",
        ),
    ]
