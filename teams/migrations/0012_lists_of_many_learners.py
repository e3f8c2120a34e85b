"""Lists of works, plans, reviews and lessons are read from indexes; a cohort counts its changes."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("teams", "0011_studies_are_kept")]

    operations = [
        migrations.AddField("cohort", "version", models.PositiveIntegerField(default=1)),
        migrations.AddIndex(
            "assignment",
            models.Index(fields=["-started_on", "-id"], name="assignments_newest_first"),
        ),
        migrations.AddIndex(
            "communitypost",
            models.Index(fields=["community", "state"], name="lessons_of_a_community"),
        ),
        migrations.AddIndex(
            "developmentplan",
            models.Index(
                fields=["enrolment"], condition=Q(state="proposed"), name="plans_to_be_signed"
            ),
        ),
        migrations.AddIndex(
            "peerreview",
            models.Index(fields=["-opened_on", "-id"], name="peer_reviews_newest_first"),
        ),
        migrations.AddIndex(
            "peerreview",
            models.Index(
                fields=["enrolment"], condition=Q(state="naming"), name="peer_reviews_being_named"
            ),
        ),
        migrations.AddIndex(
            "elementresult",
            models.Index(
                fields=["element"],
                include=["enrolment", "score"],
                condition=Q(ref="", score__isnull=False),
                name="scores_of_an_element",
            ),
        ),
    ]
