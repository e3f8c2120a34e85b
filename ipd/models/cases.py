"""Business cases in versions, and the four calculations from estimate to final account."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class CaseState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ACCEPTED = "accepted", _("Accepted")


class Scenario(models.TextChoices):
    BASE = "base", _("Base")
    DOWNSIDE = "downside", _("Downside")
    UPSIDE = "upside", _("Upside")
    DELAY = "delay", _("Six months late")


class BusinessCase(models.Model):
    """One version, recomputed for a gate or a change; accepted ones are never edited (triggers).

    hurdle_rate      percent a year that the product has to earn
    unit_cost, price expected at general availability, per unit
    volume           units a year once it sells
    delay_cost       what six months more cost in the last year before the first inflow; with
                     it the late case is computed, unless its flows are entered
    """

    product = models.ForeignKey("ipd.Product", on_delete=models.PROTECT, related_name="cases")
    version = models.PositiveSmallIntegerField()
    on = models.DateField()
    gate = models.CharField(max_length=40, blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    hurdle_rate = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    unit_cost = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    price = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    volume = models.PositiveIntegerField(null=True, blank=True)
    delay_cost = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.DRAFT)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["product_id", "version"]
        constraints = [
            models.UniqueConstraint(
                name="a_case_s_version_stands_once", fields=["product", "version"]
            ),
            models.UniqueConstraint(
                name="one_drafted_case_per_product",
                fields=["product"],
                condition=Q(state=CaseState.DRAFT),
            ),
            models.CheckConstraint(
                name="a_case_is_accepted_wholly_or_not_at_all",
                condition=Q(state=CaseState.DRAFT, accepted_by=None, accepted_on=None)
                | Q(state=CaseState.ACCEPTED, accepted_by__isnull=False, accepted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_hurdle_rate_is_a_percentage",
                condition=Q(hurdle_rate__gte=0, hurdle_rate__lte=100),
            ),
        ]
        indexes = [models.Index(fields=["product", "-on", "-version"], name="cases_newest_first")]

    def __str__(self):
        return _("Business case %(version)d") % {"version": self.version}

    def get_absolute_url(self):
        return reverse("ipd:case", args=[self.pk])

    @property
    def is_draft(self):
        return self.state == CaseState.DRAFT

    @property
    def rate(self) -> Decimal:
        """The hurdle rate as a fraction."""
        return self.hurdle_rate / 100


class CaseFlow(models.Model):
    """What one year brings in and takes out in a scenario, in all or for one region."""

    case = models.ForeignKey(BusinessCase, on_delete=models.CASCADE, related_name="flows")
    scenario = models.CharField(max_length=10, choices=Scenario)
    year = models.PositiveSmallIntegerField()
    region = models.CharField(max_length=40, blank=True)
    inflow = models.DecimalField(max_digits=16, decimal_places=2, default=Decimal(0))
    outflow = models.DecimalField(max_digits=16, decimal_places=2, default=Decimal(0))

    class Meta:
        ordering = ["case_id", "scenario", "year", "region"]
        constraints = [
            models.UniqueConstraint(
                name="a_year_flows_once_per_scenario_and_region",
                fields=["case", "scenario", "year", "region"],
            ),
            models.CheckConstraint(
                name="scenario_is_known", condition=Q(scenario__in=Scenario.values)
            ),
            models.CheckConstraint(name="a_case_spans_forty_years", condition=Q(year__lte=40)),
            models.CheckConstraint(
                name="flows_are_not_negative", condition=Q(inflow__gte=0, outflow__gte=0)
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.scenario} {self.year}"


class EstimateMethod(models.TextChoices):
    ANALOGY = "analogy", _("Analogy")
    PARAMETRIC = "parametric", _("Parametric")
    BOTTOM_UP = "bottom_up", _("Bottom-up")
    EXPERT = "expert", _("Expert judgement")


class Estimate(models.Model):
    """The first calculation: development cost as a range, before there is a budget."""

    product = models.ForeignKey("ipd.Product", on_delete=models.PROTECT, related_name="estimates")
    gate = models.CharField(max_length=40)
    on = models.DateField()
    low = models.DecimalField(max_digits=16, decimal_places=2)
    likely = models.DecimalField(max_digits=16, decimal_places=2)
    high = models.DecimalField(max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3, default="EUR")
    method = models.CharField(max_length=12, choices=EstimateMethod)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["product_id", "on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_gate_s_estimate_stands_once", fields=["product", "gate"]
            ),
            models.CheckConstraint(
                name="an_estimate_is_in_order",
                condition=Q(low__gt=0, likely__gte=F("low"), high__gte=F("likely")),
            ),
            models.CheckConstraint(
                name="estimate_method_is_known", condition=Q(method__in=EstimateMethod.values)
            ),
        ]

    def __str__(self):
        return f"{self.product_id} {self.gate}"


class FinalAccount(models.Model):
    """The fourth calculation: estimate, budget and actual as they stood at the close, and why."""

    product = models.OneToOneField(
        "ipd.Product", on_delete=models.PROTECT, related_name="final_account"
    )
    on = models.DateField()
    estimate = models.DecimalField(max_digits=16, decimal_places=2)
    budget = models.DecimalField(max_digits=16, decimal_places=2)
    actual = models.DecimalField(max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3, default="EUR")
    lessons = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-on", "product"]
        constraints = [
            models.CheckConstraint(
                name="a_final_account_compares_what_was_planned",
                condition=Q(estimate__gt=0, budget__gt=0, actual__gte=0),
            )
        ]

    def __str__(self):
        return f"{self.product_id} {self.on}"
