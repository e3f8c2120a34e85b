"""Demand by month, of products with the capacity against it, and of parts; last-time buys."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from ipd.models.products import OfProductQuerySet


class DemandMonth(models.Model):
    """Units of a product in a month: the range agreed, what came, and what can be made.

    `bottleneck` names the step that limits the capacity.
    """

    product = models.ForeignKey("ipd.Product", on_delete=models.CASCADE, related_name="demand")
    month = models.DateField()
    p10 = models.PositiveIntegerField()
    p50 = models.PositiveIntegerField()
    p90 = models.PositiveIntegerField()
    actual = models.PositiveIntegerField(null=True, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    bottleneck = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["product_id", "month"]
        constraints = [
            models.UniqueConstraint(
                name="a_product_s_demand_is_planned_once_a_month", fields=["product", "month"]
            ),
            models.CheckConstraint(
                name="demand_rises_from_p10_to_p90",
                condition=Q(p10__lte=F("p50"), p50__lte=F("p90")),
            ),
            models.CheckConstraint(
                name="a_demand_month_is_its_first_day", condition=Q(month__day=1)
            ),
        ]

    def __str__(self):
        return f"{self.product_id} {self.month:%Y-%m}"


class PartDemand(models.Model):
    """Units of a part needed in a month, for production and for spares."""

    part = models.ForeignKey("ipd.Part", on_delete=models.CASCADE, related_name="demand")
    month = models.DateField()
    production = models.PositiveIntegerField(default=0)
    spares = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["part_id", "month"]
        constraints = [
            models.UniqueConstraint(
                name="a_part_s_demand_is_planned_once_a_month", fields=["part", "month"]
            ),
            models.CheckConstraint(
                name="a_part_s_demand_month_is_its_first_day", condition=Q(month__day=1)
            ),
        ]

    def __str__(self):
        return f"{self.part_id} {self.month:%Y-%m}"


class LastTimeBuy(models.Model):
    """A last order as it was computed and kept: all that went in, and what came out.

    A record, never edited (triggers refuse it): the newest of a part and product counts.
    `inputs` are the calculator's own words; `demand` is the sum over the horizon.
    """

    part = models.ForeignKey("ipd.Part", on_delete=models.PROTECT, related_name="last_time_buys")
    product = models.ForeignKey("ipd.Product", on_delete=models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField()
    demand = models.DecimalField(max_digits=14, decimal_places=2)
    inputs = models.JSONField()
    safety = models.PositiveIntegerField()
    quantity = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    entered_at = models.DateTimeField(auto_now_add=True)

    objects = OfProductQuerySet.as_manager()

    class Meta:
        ordering = ["part_id", "-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_last_time_buy_is_kept_once",
                fields=["part", "product", "on", "quantity"],
            )
        ]

    def __str__(self):
        return f"{self.part_id} {self.quantity}"

    def get_absolute_url(self):
        return reverse("ipd:part", args=[self.part_id]) + "#last-time-buys"
