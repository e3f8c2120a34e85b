"""The load is reckoned from an index of the work that is left, not from every activity's row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ipd", "0006_products_are_found_by_code")]

    operations = [
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                fields=["start_at"],
                include=[
                    *("id", "plan", "owner", "function", "finish_at"),
                    *("minutes", "effort_minutes", "percent"),
                ],
                condition=models.Q(kind="task", is_active=True, percent__lt=100, minutes__gt=0),
                name="work_that_is_left",
            ),
        )
    ]
