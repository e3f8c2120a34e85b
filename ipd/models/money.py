"""Money given to products: appended movements, never a balance that is overwritten."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MovementKind(models.TextChoices):
    INITIAL = "initial", _("Initial budget")
    TRANCHE = "tranche", _("Tranche released by a gate")
    BRIDGE = "bridge", _("Bridge budget")
    TRANSFER = "transfer", _("Transfer")
    CHANGE = "change", _("Plan change")
    RESERVE = "reserve", _("Risk reserve")
    FREEZE = "freeze", _("Frozen")
    THAW = "thaw", _("Released after a hold")
    RETURN = "return", _("Returned")


class CostType(models.TextChoices):
    LABOUR = "labour", _("Labour")
    NRE = "nre", _("Prototypes and one-off engineering")
    TEST = "test", _("Test and certification")
    TOOLING = "tooling", _("Tooling and fixtures")
    LAUNCH = "launch", _("Market launch")
    SERVICE = "service", _("Service readiness")
    TRAVEL = "travel", _("Travel and field")
    OUTSOURCING = "outsourcing", _("Outsourcing")
    RESERVE = "reserve", _("Risk reserve")


class BudgetMovement(models.Model):
    """One movement, signed: positive gives, negative takes back. Triggers refuse edits.

    `reference` names what caused it (a decision, a change request) and is unique with the
    kind, so that one decision moves its money once. A movement of 0 moves money between
    lines of the product; a draw on its risk reserve is one.
    """

    product = models.ForeignKey("ipd.Product", on_delete=models.PROTECT, related_name="movements")
    on = models.DateField()
    kind = models.CharField(max_length=12, choices=MovementKind)
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3, default="EUR")
    phase = models.ForeignKey("ipd.Phase", null=True, blank=True, on_delete=models.PROTECT)
    reference = models.CharField(max_length=120)
    reason = models.CharField(max_length=500, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_cause_moves_a_product_s_money_once",
                fields=["product", "kind", "reference"],
            ),
            models.CheckConstraint(
                name="movement_kind_is_known", condition=Q(kind__in=MovementKind.values)
            ),
        ]

    def __str__(self):
        return f"{self.product_id} {self.kind} {self.amount}"


class BudgetAllocation(models.Model):
    """A part of a movement: for which function, cost, phase and month. Appended, never changed.

    A movement is broken down wholly or not at all: a trigger compares the sums at the commit.
    The currency is the movement's; a blank phase is the movement's, too.
    """

    movement = models.ForeignKey(
        BudgetMovement, on_delete=models.PROTECT, related_name="allocations"
    )
    function = models.ForeignKey("teams.Function", on_delete=models.PROTECT, related_name="+")
    cost_type = models.CharField(max_length=12, choices=CostType)
    phase = models.ForeignKey("ipd.Phase", null=True, blank=True, on_delete=models.PROTECT)
    region = models.CharField(max_length=20, blank=True)
    month = models.DateField()
    amount = models.DecimalField(max_digits=16, decimal_places=2)

    class Meta:
        ordering = ["movement_id", "month", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_part_of_a_movement_stands_once",
                fields=["movement", "function", "cost_type", "phase", "region", "month"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="allocation_cost_type_is_known", condition=Q(cost_type__in=CostType.values)
            ),
            models.CheckConstraint(name="an_allocation_is_for_a_month", condition=Q(month__day=1)),
        ]

    def __str__(self):
        return f"{self.movement_id} {self.cost_type} {self.month} {self.amount}"
