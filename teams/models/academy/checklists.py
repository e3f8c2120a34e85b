"""What checklists read that nothing else remembers: deeds, and what people claim to know."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Deed(models.Model):
    """Somebody did something for the first time; noted once, with what it was done to.

    deed     a word of `teams.actions.academy.deeds`
    subject  what it was done to: "seat:12", "review:7"; blank where there is one thing only
    chain    of the review, where it was one (DCP, TR)
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deeds"
    )
    deed = models.CharField(max_length=24)
    subject = models.CharField(max_length=40, blank=True)
    chain = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["person_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_deed_is_noted_once", fields=["person", "deed", "subject"]
            )
        ]

    def __str__(self):
        return f"{self.person_id} {self.deed} {self.subject}"


class KnowledgeLevel(models.IntegerChoices):
    AWARE = 1, _("I know of it")
    HELPED = 2, _("I can work on it with help")
    ALONE = 3, _("I can do it alone")
    TEACHES = 4, _("I can teach it")


class KnowledgeClaim(models.Model):
    """What somebody says they can do in one area that their team depends on."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="knowledge_claims"
    )
    team = models.ForeignKey(
        "teams.Team", on_delete=models.PROTECT, related_name="knowledge_claims"
    )
    area = models.CharField(max_length=120)
    level = models.PositiveSmallIntegerField(choices=KnowledgeLevel)
    claimed_on = models.DateField()

    class Meta:
        ordering = ["team_id", "area", "person_id"]
        constraints = [
            models.UniqueConstraint(
                name="an_area_is_claimed_once_by_a_person", fields=["person", "team", "area"]
            ),
            models.CheckConstraint(
                name="a_level_of_knowledge_is_known", condition=Q(level__range=(1, 4))
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.area}"


class CalendarToken(models.Model):
    """The secret part of the address under which a person's calendar program reads the gates.

    `sha256` is of the token; the token itself is shown once, when it is made.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_token"
    )
    sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return str(self.person_id)
