"""Who takes part in a review: deputies named before, conflicts marked, who is present."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

# A phone in a pocket is still in the room; who closed the page for this long has left.
STILL_HERE = timedelta(minutes=15)


class Delegate(models.Model):
    """`deputy` votes for `member` in this review; named before the meeting opens."""

    review = models.ForeignKey("gates.Review", on_delete=models.PROTECT, related_name="delegates")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    named_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_member_has_one_deputy_per_review", fields=["review", "member"]
            ),
            models.UniqueConstraint(
                name="a_deputy_casts_one_vote_for_another", fields=["review", "deputy"]
            ),
            models.CheckConstraint(
                name="a_deputy_is_somebody_else", condition=~Q(member=F("deputy"))
            ),
        ]

    def __str__(self):
        return f"{self.deputy_id} for {self.member_id}"


class Conflict(models.Model):
    """A voter with an interest: they vote, and are marked."""

    review = models.ForeignKey("gates.Review", on_delete=models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_conflict_is_marked_once", fields=["review", "person"])
        ]

    def __str__(self):
        return self.note


class Presence(models.Model):
    """Someone who entered the room; `last_seen_at` tells whether they are still there."""

    review = models.ForeignKey("gates.Review", on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_person_enters_a_room_once", fields=["review", "person"])
        ]

    def __str__(self):
        return str(self.person_id)
