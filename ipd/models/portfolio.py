"""One row per product for the portfolio, kept current by the actions that change it."""

from django.db import models


class State(models.TextChoices):
    ON = "on", "on"
    RISK = "risk", "risk"
    OFF = "off", "off"
    INFO = "info", "info"
    NONE = "none", "none"


class PortfolioRow(models.Model):
    """What the portfolio shows of a product's gates, written by `gates.actions.portfolio`.

    `ribbon` is a list of {"label", "on", "state"} in the order of dates; `state` a status
    tone with `state_reason` in words; `open_conditions` and `overdue_conditions` are the
    product's decision debt.
    """

    product = models.OneToOneField(
        "ipd.Product", primary_key=True, on_delete=models.CASCADE, related_name="row"
    )
    state = models.CharField(max_length=8, choices=State, default=State.NONE)
    state_reason = models.CharField(max_length=300, blank=True)
    ribbon = models.JSONField(default=list)
    next_gate = models.CharField(max_length=40, blank=True)
    next_gate_on = models.DateField(null=True, blank=True)
    next_review = models.BigIntegerField(null=True, blank=True)
    open_conditions = models.PositiveIntegerField(default=0)
    overdue_conditions = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_gate_on"], name="portfolio_by_next_gate"),
            models.Index(fields=["state"], name="portfolio_by_state"),
        ]

    def __str__(self):
        return str(self.product_id)
