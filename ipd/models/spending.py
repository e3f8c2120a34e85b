"""Money that is promised to suppliers and money that is spent, and the months that are closed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ipd.models.money import CostType


class Commitment(models.Model):
    """A purchase order: it counts from the day it is made, not from the day it is paid.

    level       of the delegation of authority that covered it; none when it was imported
    resolution  of the body, where a body had to decide
    Only its closing may be written later; a trigger refuses the rest.
    """

    product = models.ForeignKey("ipd.Product", on_delete=models.PROTECT, related_name="commitments")
    reference = models.CharField(max_length=60, unique=True)
    on = models.DateField()
    supplier = models.CharField(max_length=120, blank=True)
    part = models.CharField(max_length=60, blank=True)
    purpose = models.CharField(max_length=300, blank=True)
    function = models.ForeignKey("teams.Function", on_delete=models.PROTECT, related_name="+")
    cost_type = models.CharField(max_length=12, choices=CostType)
    phase = models.ForeignKey("ipd.Phase", on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    resolution = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(auto_now_add=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(name="a_commitment_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="commitment_cost_type_is_known", condition=Q(cost_type__in=CostType.values)
            ),
            models.CheckConstraint(
                name="a_commitment_closes_after_it_was_made",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("on")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["product"], name="commitments_open", condition=Q(closed_on__isnull=True)
            ),
            models.Index(fields=["product", "-on"], name="commitments_by_day"),
        ]

    def __str__(self):
        return self.reference


class Actual(models.Model):
    """Cost of a month as the books have it. Appended; what was wrong is corrected by a new row."""

    product = models.ForeignKey("ipd.Product", on_delete=models.PROTECT, related_name="actuals")
    reference = models.CharField(max_length=60, unique=True)
    month = models.DateField()
    function = models.ForeignKey("teams.Function", on_delete=models.PROTECT, related_name="+")
    cost_type = models.CharField(max_length=12, choices=CostType)
    phase = models.ForeignKey("ipd.Phase", on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3)
    commitment = models.ForeignKey(
        Commitment, null=True, blank=True, on_delete=models.PROTECT, related_name="actuals"
    )
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-month", "-pk"]
        constraints = [
            models.CheckConstraint(name="an_actual_is_not_nothing", condition=~Q(amount=0)),
            models.CheckConstraint(
                name="actual_cost_type_is_known", condition=Q(cost_type__in=CostType.values)
            ),
            models.CheckConstraint(name="an_actual_is_of_a_month", condition=Q(month__day=1)),
        ]
        indexes = [models.Index(fields=["product", "month"], name="actuals_by_month")]

    def __str__(self):
        return self.reference


class Period(models.Model):
    """A month whose books are closed: it takes no more actuals, and is never opened again."""

    month = models.DateField(unique=True)
    closed_on = models.DateField()
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(name="a_period_is_a_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="a_period_is_closed_after_it_began", condition=Q(closed_on__gt=F("month"))
            ),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m}"
