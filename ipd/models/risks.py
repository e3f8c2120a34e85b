"""The risk register: what may happen to a product, what it would cost, and who answers it."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ipd.models.products import OfProductQuerySet, Product

OF_A_TRIANGLE = 300  # percent, times the three points whose mean is the triangle's


class Category(models.TextChoices):
    TECHNICAL = "technical", _("Technical")
    SUPPLY = "supply", _("Supply")
    PEOPLE = "people", _("People")
    MARKET = "market", _("Market and customer")
    REGULATORY = "regulatory", _("Regulation and licence")
    QUALITY = "quality", _("Quality")
    MONEY = "money", _("Money")


class Response(models.TextChoices):
    AVOID = "avoid", _("Avoid")
    REDUCE = "reduce", _("Reduce")
    TRANSFER = "transfer", _("Transfer")
    ACCEPT = "accept", _("Accept")


class RiskState(models.TextChoices):
    OPEN = "open", _("Open")
    OCCURRED = "occurred", _("Occurred")
    CLOSED = "closed", _("Closed")


class RiskQuerySet(OfProductQuerySet):
    def open(self):
        return self.filter(state=RiskState.OPEN)


class Risk(models.Model):
    """Because of `cause`, `event` may happen, with `effect`.

    days_*           working days it would delay the product: least, likely, most
    cost_*           money it would cost, all three or none; restricted
    exposure_order   −(percent · sum of the three days): rising, it lists the largest first
    """

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="risks")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    category = models.CharField(max_length=12, choices=Category)
    cause = models.TextField(blank=True)
    event = models.TextField(blank=True)
    effect = models.TextField(blank=True)
    probability_percent = models.PositiveIntegerField()
    days_low = models.PositiveIntegerField(default=0)
    days_likely = models.PositiveIntegerField(default=0)
    days_high = models.PositiveIntegerField(default=0)
    cost_low = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    cost_likely = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    cost_high = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="risks",
    )
    response = models.CharField(max_length=10, choices=Response, blank=True)
    response_text = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=RiskState, default=RiskState.OPEN)
    version = models.PositiveIntegerField(default=1)
    exposure_order = models.IntegerField(editable=False)

    objects = RiskQuerySet.as_manager()

    class Meta:
        ordering = ["product_id", "exposure_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_risk_s_code_stands_once_in_its_product", fields=["product", "code"]
            ),
            models.CheckConstraint(
                name="a_risk_s_probability_is_a_percentage",
                condition=Q(probability_percent__lte=100),
            ),
            models.CheckConstraint(
                name="days_of_a_risk_rise_and_are_no_centuries",
                condition=Q(
                    days_low__lte=F("days_likely"),
                    days_likely__lte=F("days_high"),
                    days_high__lte=5000,
                ),
            ),
            models.CheckConstraint(
                name="costs_of_a_risk_are_whole_and_rise",
                condition=Q(cost_low=None, cost_likely=None, cost_high=None)
                | Q(
                    cost_low__gte=0,
                    cost_likely__gte=F("cost_low"),
                    cost_high__gte=F("cost_likely"),
                ),
            ),
            models.CheckConstraint(
                name="a_risk_stands_where_its_exposure_puts_it",
                condition=Q(
                    exposure_order=-1
                    * F("probability_percent")
                    * (F("days_low") + F("days_likely") + F("days_high"))
                ),
            ),
            models.CheckConstraint(
                name="risk_state_is_known", condition=Q(state__in=RiskState.values)
            ),
        ]
        indexes = [
            models.Index(
                fields=["exposure_order", "id"],
                name="open_risks_by_exposure",
                condition=Q(state=RiskState.OPEN),
            ),
            models.Index(fields=["owner", "state"], name="risks_of_an_owner"),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("ipd:risk", args=[self.pk])

    def rank(self) -> "Risk":
        """Put the risk in its place among others, after its estimate was set."""
        days = self.days_low + self.days_likely + self.days_high
        self.exposure_order = -self.probability_percent * days
        return self

    @property
    def probability(self) -> float:
        return self.probability_percent / 100

    @property
    def exposure_days(self) -> float:
        """Probability times the mean of the triangle, in working days."""
        return -self.exposure_order / OF_A_TRIANGLE

    @property
    def exposure_cost(self) -> Decimal | None:
        """Probability times the mean of the triangle, in its currency; restricted like its cost."""
        if self.cost_low is None:
            return None
        points = self.cost_low + self.cost_likely + self.cost_high
        return (points * self.probability_percent / OF_A_TRIANGLE).quantize(Decimal(1))


class RiskDriver(models.Model):
    """When the risk happens, the activity's duration is multiplied by a triangle of the three.

    One risk on several activities is what correlates them. The activity is known by its code,
    so that a driver outlives a plan that is read in anew.
    """

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="drivers")
    activity = models.CharField(max_length=30)
    low = models.DecimalField(max_digits=5, decimal_places=2)
    likely = models.DecimalField(max_digits=5, decimal_places=2)
    high = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        ordering = ["risk_id", "activity"]
        constraints = [
            models.UniqueConstraint(
                name="a_risk_drives_an_activity_once", fields=["risk", "activity"]
            ),
            models.CheckConstraint(
                name="multipliers_rise_from_none_to_twenty",
                condition=Q(low__gte=0, likely__gte=F("low"), high__gte=F("likely"), high__lte=20),
            ),
        ]

    def __str__(self):
        return f"{self.activity} × {self.likely}"


class RiskReview(models.Model):
    """How a risk was seen at one moment, by whom; appended with each change, never edited."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="reviews")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=RiskState)
    probability_percent = models.PositiveIntegerField()
    days_low = models.PositiveIntegerField()
    days_likely = models.PositiveIntegerField()
    days_high = models.PositiveIntegerField()
    cost_low = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    cost_likely = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    cost_high = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["risk_id", "-pk"]

    def __str__(self):
        return f"{self.risk_id} {self.probability_percent} %"
