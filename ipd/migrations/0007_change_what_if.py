"""Where the P50 and P80 after a change were taken from."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ipd", "0006_products_are_found_by_code")]

    operations = [
        migrations.AddField(
            model_name="changerequest",
            name="what_if",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ipd.simulation",
            ),
        ),
    ]
