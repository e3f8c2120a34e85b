"""Who presents a review, or leads it where a rule asks for practice, and the mentor beside them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

PRESENT = "present"


class PractisedAct(models.TextChoices):
    PRESENT = PRESENT, _("presents")
    RUN_ROOM = "run_room", _("runs the room")
    DECIDE = "decide", _("decides")


class Presenter(models.Model):
    """One person named for one act at a review; without a row the team's lead presents.

    mentor     somebody certified who sits beside them; co-signs once the review is decided
    signed_at  when the mentor signed; `note` is what they saw
    """

    review = models.ForeignKey("gates.Review", on_delete=models.PROTECT, related_name="presenters")
    act = models.CharField(max_length=10, choices=PractisedAct, default=PractisedAct.PRESENT)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="beside",
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    named_at = models.DateTimeField(auto_now_add=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["review_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_person_is_named_for_an_act_at_a_review", fields=["review", "act"]
            ),
            models.CheckConstraint(
                name="a_practised_act_is_known", condition=Q(act__in=PractisedAct.values)
            ),
            models.CheckConstraint(
                name="nobody_sits_beside_themselves",
                condition=Q(mentor=None) | ~Q(mentor=F("person")),
            ),
            models.CheckConstraint(
                name="a_mentor_signs_with_words",
                condition=Q(signed_at=None) | Q(mentor__isnull=False) & ~Q(note=""),
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.act} {self.review_id}"
