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


class BudgetMovement(models.Model):
    """One movement, signed: positive gives, negative takes back. Triggers refuse edits.

    `reference` names what caused it (a decision, a change request) and is unique with the
    kind, so that one decision moves its money once.
    """

    product = models.ForeignKey("ipd.Product", on_delete=models.PROTECT, related_name="movements")
    on = models.DateField()
    kind = models.CharField(max_length=12, choices=MovementKind)
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3, default="EUR")
    phase = models.ForeignKey("ipd.Phase", null=True, blank=True, on_delete=models.PROTECT)
    reference = models.CharField(max_length=120)
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
