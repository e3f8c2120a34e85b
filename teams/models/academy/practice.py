"""Rights tied to practice: which act asks for which certificate, and what practice was seen."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class PracticeRule(models.Model):
    """Whoever does `act` needs a valid certificate of `path`, or somebody beside them who has it.

    chain  limits the rule to one kind of review (DCP, TR); blank means all
    since  the day from which on it is asked; what was held before stays as it is
    """

    act = models.CharField(max_length=40)
    chain = models.CharField(max_length=20, blank=True)
    path = models.CharField(max_length=20)
    since = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["act", "chain", "path"]
        constraints = [
            models.UniqueConstraint(
                name="a_practice_rule_is_given_once", fields=["act", "chain", "path"]
            )
        ]

    def __str__(self):
        return f"{self.act} {self.chain} {self.path}"


class PracticeEvidence(models.Model):
    """What somebody did with a mentor beside them, in the mentor's words; added, never changed.

    act   what they did: "present"
    key   names it, so that it is told once: "review:12"
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="practice"
    )
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    link = models.CharField(max_length=200)
    done_on = models.DateField()
    note = models.TextField()
    signed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-done_on", "-pk"]
        constraints = [
            models.UniqueConstraint(name="practice_is_told_once", fields=["person", "act", "key"]),
            models.CheckConstraint(
                name="nobody_signs_their_own_practice", condition=~Q(person=F("mentor"))
            ),
        ]

    def __str__(self):
        return self.title
