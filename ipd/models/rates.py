"""Budget rates of currencies, dated: what an amount in another currency counts as."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def company_currency() -> str:
    return settings.CURRENCY


def first_of_month(day) -> None:
    """A month is written as its first day."""
    if day.day != 1:
        raise ValidationError(_("A month is written as its first day."))


class RateKind(models.TextChoices):
    BUDGET = "budget", _("Budget rate")


class Rate(models.Model):
    """So many units of `currency` for one of the company's, from this month until the next rate.

    A rate is never changed for months that have been reported with it: a new one begins later.
    """

    currency = models.CharField(max_length=3)
    kind = models.CharField(max_length=10, choices=RateKind, default=RateKind.BUDGET)
    valid_from = models.DateField(validators=[first_of_month])
    units = models.DecimalField(max_digits=16, decimal_places=6)

    class Meta:
        ordering = ["currency", "kind", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                name="a_currency_has_one_rate_a_month", fields=["currency", "kind", "valid_from"]
            ),
            models.CheckConstraint(name="a_rate_is_positive", condition=Q(units__gt=0)),
            models.CheckConstraint(
                name="a_rate_begins_with_its_month",
                condition=Q(valid_from__day=1),
            ),
            models.CheckConstraint(
                name="rate_kind_is_known", condition=Q(kind__in=RateKind.values)
            ),
        ]

    def __str__(self):
        return f"{self.currency} {self.valid_from} {self.units}"
