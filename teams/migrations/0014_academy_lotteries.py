import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ipd.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("teams", "0013_academy_attempts_are_kept")]

    operations = [
        migrations.CreateModel(
            name="Lottery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seed", models.CharField(max_length=64)),
                (
                    "strata",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Everybody in one draw"),
                            ("function", "Places shared by function"),
                            ("site", "Places shared by site"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("places", models.PositiveSmallIntegerField()),
                ("order", models.JSONField()),
                ("drawn_at", models.DateTimeField(auto_now_add=True)),
                (
                    "cohort",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lottery",
                        to="teams.cohort",
                    ),
                ),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "lotteries",
                "ordering": ["-drawn_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("strata__in", ["", "function", "site"])),
                        name="the_strata_of_a_lottery_are_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("places__gte", 1)),
                        name="a_lottery_draws_for_places",
                    ),
                ],
            },
        ),
        append_only("teams_lottery"),
    ]
