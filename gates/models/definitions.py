"""Gates and criteria as the process defines them, and how a product tailors them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gates.models.facts import BOUND_WHOLLY, Bound


class Weight(models.TextChoices):
    MUST = "must", _("must")
    SHOULD = "should", _("should")
    ADVISORY = "advisory", _("advisory")


class GateDefinition(models.Model):
    """A gate of the process: what it asks, in which phase, and which phase it opens.

    signs_contract  its Go signs the drafted contract, or the change that waits for a gate
    """

    chain = models.ForeignKey("gates.Chain", on_delete=models.CASCADE, related_name="gates")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    question = models.CharField(max_length=300, blank=True)
    phase = models.ForeignKey("ipd.Phase", on_delete=models.CASCADE, related_name="gates")
    next_phase = models.ForeignKey(
        "ipd.Phase", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    presenters = ArrayField(models.CharField(max_length=20), default=list)
    feeds = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="fed_by"
    )
    entry = models.TextField(blank=True)
    exit = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField()
    repeatable = models.BooleanField(default=False)
    unplanned = models.BooleanField(default=False)
    in_statistics = models.BooleanField(default=True)
    circular_allowed = models.BooleanField(default=False)
    signs_contract = models.BooleanField(default=False)

    class Meta:
        ordering = ["chain__process", "order"]
        constraints = [
            models.UniqueConstraint(
                name="a_gate_stands_once_in_its_chain", fields=["chain", "code"]
            )
        ]

    def __str__(self):
        return self.name


class CriterionDefinition(Bound):
    """One thing a gate asks; copied into a review when it is booked."""

    gate = models.ForeignKey(GateDefinition, on_delete=models.CASCADE, related_name="criteria")
    code = models.CharField(max_length=20)
    function = models.CharField(max_length=12)
    weight = models.CharField(max_length=10, choices=Weight)
    text = models.CharField(max_length=400)
    evidence = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["gate_id", "order"]
        constraints = [
            models.UniqueConstraint(
                name="a_criterion_stands_once_in_its_gate", fields=["gate", "code"]
            ),
            models.CheckConstraint(
                name="criterion_weight_is_known", condition=Q(weight__in=Weight.values)
            ),
            models.CheckConstraint(
                name="a_criterion_is_bound_wholly_or_not_at_all", condition=BOUND_WHOLLY
            ),
        ]

    def __str__(self):
        return self.code


class TailoringKind(models.TextChoices):
    MERGED = "merged", _("merged into another gate")
    SKIPPED = "skipped", _("skipped")
    ADDED = "added", _("added")


class Tailoring(models.Model):
    """How one product departs from its process, why, and who approved it.

    A merged gate is reviewed inside `into`, which then goes by `label`.
    """

    product = models.ForeignKey("ipd.Product", on_delete=models.CASCADE, related_name="tailorings")
    gate = models.ForeignKey(GateDefinition, on_delete=models.PROTECT, related_name="tailorings")
    kind = models.CharField(max_length=10, choices=TailoringKind)
    into = models.ForeignKey(
        GateDefinition, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    label = models.CharField(max_length=30, blank=True)
    reason = models.TextField()
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    approved_on = models.DateField()

    class Meta:
        ordering = ["product_id", "gate__order"]
        constraints = [
            models.UniqueConstraint(
                name="a_product_tailors_a_gate_once", fields=["product", "gate"]
            ),
            models.CheckConstraint(
                name="a_merged_gate_names_the_gate_it_is_held_in",
                condition=Q(kind=TailoringKind.MERGED, into__isnull=False) & ~Q(into=F("gate"))
                | ~Q(kind=TailoringKind.MERGED) & Q(into=None),
            ),
        ]

    def __str__(self):
        return f"{self.product_id} {self.gate_id} {self.kind}"
