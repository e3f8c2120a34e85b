"""Reviews by colleagues: who is asked, what they answer, and what the learner makes of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PeerReviewState(models.TextChoices):
    NAMING = "naming", _("Colleagues are being named")
    AGREED = "agreed", _("Colleagues are asked")
    CLOSED = "closed", _("Closed")
    TOLD = "told", _("The colleagues were told what follows")


class PeerReview(models.Model):
    """One review of a learner by colleagues, by one version of the form.

    `keep` and `change` are the two sentences to those who answered.
    """

    enrolment = models.ForeignKey(
        "teams.Enrolment", on_delete=models.PROTECT, related_name="peer_reviews"
    )
    element = models.ForeignKey(
        "teams.PathElement", on_delete=models.PROTECT, related_name="peer_reviews"
    )
    content = models.ForeignKey("teams.Content", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=6, choices=PeerReviewState, default=PeerReviewState.NAMING)
    opened_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    keep = models.TextField(blank=True)
    change = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="an_element_has_one_review_by_colleagues", fields=["enrolment", "element"]
            ),
            models.CheckConstraint(
                name="the_state_of_a_review_by_colleagues_is_known",
                condition=Q(state__in=PeerReviewState.values),
            ),
            models.CheckConstraint(
                name="colleagues_are_asked_until_a_day",
                condition=Q(state="naming") | Q(due_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["-opened_on", "-id"], name="peer_reviews_newest_first"),
            models.Index(
                name="peer_reviews_being_named", fields=["enrolment"], condition=Q(state="naming")
            ),
        ]

    def __str__(self):
        return f"{self.enrolment_id} {self.element_id}"

    def get_absolute_url(self):
        return reverse("teams:peer-review", args=[self.pk])


class RaterGroup(models.TextChoices):
    PEER = "peer", _("Peer")
    MANAGER = "manager", _("Manager")
    OTHER = "other", _("Another function")


class PeerRater(models.Model):
    """A colleague who is asked; `answered_on` says that there is an answer, never which."""

    review = models.ForeignKey(PeerReview, on_delete=models.PROTECT, related_name="raters")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="peer_ratings"
    )
    group = models.CharField(max_length=8, choices=RaterGroup)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answered_on = models.DateField(null=True, blank=True)
    declined_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["review_id", "group", "pk"]
        constraints = [
            models.UniqueConstraint(name="a_colleague_is_asked_once", fields=["review", "person"]),
            models.CheckConstraint(
                name="the_group_of_a_colleague_is_known", condition=Q(group__in=RaterGroup.values)
            ),
            models.CheckConstraint(
                name="who_declines_has_not_answered",
                condition=Q(answered_on=None) | Q(declined_on=None),
            ),
        ]
        indexes = [models.Index(fields=["person", "answered_on"], name="reviews_asked_of_a_person")]

    def __str__(self):
        return str(self.pk)

    def get_absolute_url(self):
        return reverse("teams:peer-review-answer", args=[self.pk])


class PeerAnswer(models.Model):
    """What one colleague answered; never changed once it is given.

    scores    item code → 1 to 5; an item that could not be seen is left out
    comments  one text for each open question, in order; blank where nothing was said
    """

    rater = models.OneToOneField(PeerRater, on_delete=models.PROTECT, related_name="answer")
    scores = models.JSONField(default=dict)
    comments = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return str(self.pk)
