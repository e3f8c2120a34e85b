"""How each promise of a product's current contract stands, as last read."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    INSIDE = "inside", _("Inside tolerance")
    WARNING = "warning", _("Near its tolerance")
    BROKEN = "broken", _("Tolerance broken")
    UNKNOWN = "unknown", _("No reading")


class ContractStanding(models.Model):
    """What an element reads now and how that stands; written anew whenever facts have moved.

    value     in the element's unit; empty without a reading
    on        day of the newest fact behind it
    asked_for the contract's version that an unplanned gate was asked for because of it
    """

    product = models.ForeignKey(
        "ipd.Product", on_delete=models.CASCADE, related_name="contract_standings"
    )
    code = models.CharField(max_length=30)
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    on = models.DateField(null=True, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.UNKNOWN)
    asked_for = models.PositiveSmallIntegerField(null=True, blank=True)
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["product_id", "code"]
        constraints = [
            models.UniqueConstraint(
                name="an_element_stands_once_for_its_product", fields=["product", "code"]
            ),
            models.CheckConstraint(
                name="standing_is_known", condition=Q(standing__in=Standing.values)
            ),
            models.CheckConstraint(
                name="what_has_no_reading_is_not_judged",
                condition=Q(value=None, standing=Standing.UNKNOWN)
                | Q(value__isnull=False) & ~Q(standing=Standing.UNKNOWN),
            ),
        ]

    def __str__(self):
        return f"{self.product_id} {self.code} {self.standing}"
