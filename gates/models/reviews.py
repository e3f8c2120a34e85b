"""A review: one attempt of a product at a gate, from booking to the signed decision."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gates.models.rehearsals import RehearsalSeat
from ipd.models.products import OfProductQuerySet


class Stage(models.TextChoices):
    PREPARING = "preparing", _("Preparing")
    LOCKED = "locked", _("Pack locked")
    FIRST_VOTE = "first_vote", _("First vote, sealed")
    REVEALED = "revealed", _("Votes open")
    SECOND_VOTE = "second_vote", _("Second vote")
    DECIDED = "decided", _("Decided")
    WITHDRAWN = "withdrawn", _("Withdrawn")


VOTING = (Stage.LOCKED, Stage.FIRST_VOTE, Stage.SECOND_VOTE)
IN_ROOM = (Stage.FIRST_VOTE, Stage.REVEALED, Stage.SECOND_VOTE)
CLOSED = (Stage.DECIDED, Stage.WITHDRAWN)


class ReviewQuerySet(OfProductQuerySet):
    def visible_to(self, person):
        """Who sees the product sees its reviews; a rehearsal only those who take part in it."""
        taking_part = RehearsalSeat.objects.filter(review=OuterRef("pk"), person=person.pk)
        rows = super().visible_to(person)
        return rows.filter(Q(is_rehearsal=False) | Exists(taking_part))

    def open(self):
        return self.exclude(stage__in=CLOSED)

    def held(self):
        return self.filter(stage=Stage.DECIDED)

    def real(self):
        """Without rehearsals."""
        return self.filter(is_rehearsal=False)

    def for_page(self):
        return self.select_related(
            "product__line",
            "product__team",
            "product__phase",
            "gate__chain",
            "gate__next_phase",
            "body",
            "outcome",
            "current_criterion",
            "recommendation__outcome",
        )


class Review(models.Model):
    """Open until it is decided, or withdrawn with its product.

    A meeting that ends without a decision leaves a Deferral and a new day; it stays open.

    `version` counts the steps that matter to a signature (stage, pack, waivers), `pulse`
    everything that others see live (votes, presence, questions); both only rise.
    `label` is the gate's name here, which tailoring may change ("TR2+3").
    """

    product = models.ForeignKey("ipd.Product", on_delete=models.PROTECT, related_name="reviews")
    gate = models.ForeignKey(
        "gates.GateDefinition", on_delete=models.PROTECT, related_name="reviews"
    )
    label = models.CharField(max_length=30)
    attempt = models.PositiveSmallIntegerField(default=1)
    body = models.ForeignKey("teams.Team", on_delete=models.PROTECT, related_name="reviews")
    baseline_on = models.DateField()
    planned_on = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.PREPARING)
    is_circular = models.BooleanField(default=False)
    is_rehearsal = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    outcome = models.ForeignKey(
        "gates.Outcome", null=True, blank=True, on_delete=models.PROTECT, related_name="reviews"
    )
    readiness_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    circular_until = models.DateField(null=True, blank=True)
    current_criterion = models.ForeignKey(
        "gates.ReviewCriterion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    pulse = models.PositiveIntegerField(default=1)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["planned_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_attempt_of_a_number_per_product_and_gate",
                fields=["product", "gate", "attempt"],
                condition=Q(is_rehearsal=False),
            ),
            models.UniqueConstraint(
                name="one_open_review_per_product_and_gate",
                fields=["product", "gate"],
                condition=~Q(stage__in=CLOSED) & Q(is_rehearsal=False),
            ),
            models.UniqueConstraint(
                name="one_open_rehearsal_per_product_and_gate",
                fields=["product", "gate"],
                condition=~Q(stage__in=CLOSED) & Q(is_rehearsal=True),
            ),
            models.CheckConstraint(
                name="review_stage_is_known", condition=Q(stage__in=Stage.values)
            ),
            models.CheckConstraint(
                name="a_review_is_decided_wholly_or_not_at_all",
                condition=Q(
                    stage=Stage.DECIDED,
                    outcome__isnull=False,
                    held_on__isnull=False,
                    decided_at__isnull=False,
                )
                | ~Q(stage=Stage.DECIDED) & Q(outcome=None, decided_at=None),
            ),
        ]
        indexes = [
            models.Index(fields=["product", "planned_on"], name="reviews_of_a_product"),
            models.Index(
                fields=["planned_on", "id"],
                name="reviews_to_come",
                condition=~Q(stage__in=CLOSED),
            ),
            models.Index(fields=["-decided_at", "-id"], name="reviews_by_decision"),
            models.Index(fields=["body", "stage"], name="reviews_of_a_body"),
        ]

    def __str__(self):
        again = f" ({self.attempt})" if self.attempt > 1 else ""
        name = f"{self.product} · {self.label}{again}"
        return _now("Rehearsal: %(review)s") % {"review": name} if self.is_rehearsal else name

    def get_absolute_url(self):
        if self.is_rehearsal:
            return reverse("gates:rehearsal", args=[self.pk])
        return reverse("gates:review", args=[self.pk])

    @property
    def is_open(self):
        return self.stage not in CLOSED

    @property
    def is_locked(self):
        return self.stage != Stage.PREPARING

    @property
    def current_round(self):
        """The round a vote counts in: 1 sealed, 2 after the discussion."""
        return 2 if self.stage == Stage.SECOND_VOTE else 1

    def bump(self, *, version=False):
        """Let live pages know that something moved; call with the row locked."""
        self.pulse = F("pulse") + 1
        fields = ["pulse"]
        if version:
            self.version = F("version") + 1
            fields.append("version")
        self.save(update_fields=fields)
        self.refresh_from_db(fields=fields)
