"""Trade-offs: requirements that cannot all be met, the options, and the ladder they climb."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from ipd.models.products import OfProductQuerySet, Product


class Dimension(models.TextChoices):
    COST = "cost", _("Cost")
    DATE = "date", _("Date")
    PERFORMANCE = "performance", _("Performance")
    QUALITY = "quality", _("Quality")


class TradeOffState(models.TextChoices):
    OPEN = "open", _("Open")
    DECIDED = "decided", _("Decided")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Rung(models.IntegerChoices):
    """Who decides, step by step; each has its working days in `DAYS_ON`."""

    OWNERS = 1, _("System engineer with the owners")
    TEAM = 2, _("Leader and core team")
    LINE = 3, _("Requirement management team, function heads")
    BOARD = 4, _("Investment board")


# Working days until a trade-off climbs by itself; the board has no step above it.
DAYS_ON = {Rung.OWNERS: 3, Rung.TEAM: 5, Rung.LINE: 10}


class TradeOffQuerySet(OfProductQuerySet):
    def open(self):
        return self.filter(state=TradeOffState.OPEN)


class TradeOff(models.Model):
    """A conflict between requirements or limits, until somebody decides it.

    rung        the step of the ladder it stands on, since `rung_since`; it climbs on `climbs_on`
    decide_by   the day on which the plan needs the decision
    chosen      the option that was decided for; `change` the change request it went into when
                it breaks a tolerance of the contract
    """

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="trade_offs")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    dimension = models.CharField(max_length=12, choices=Dimension)
    decide_by = models.DateField()
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    raised_on = models.DateField(default=today)
    state = models.CharField(max_length=10, choices=TradeOffState, default=TradeOffState.OPEN)
    rung = models.PositiveSmallIntegerField(choices=Rung, default=Rung.OWNERS)
    rung_since = models.DateField(default=today)
    climbs_on = models.DateField(null=True, blank=True)
    chosen = models.ForeignKey(
        "ipd.TradeOffOption", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    change = models.ForeignKey(
        "ipd.ChangeRequest", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = TradeOffQuerySet.as_manager()

    class Meta:
        ordering = ["product_id", "number"]
        constraints = [
            models.UniqueConstraint(
                name="a_trade_off_s_number_stands_once", fields=["product", "number"]
            ),
            models.CheckConstraint(
                name="a_trade_off_is_decided_wholly_or_not_at_all",
                condition=Q(
                    state=TradeOffState.DECIDED,
                    chosen__isnull=False,
                    decided_by__isnull=False,
                    decided_on__isnull=False,
                )
                | ~Q(state=TradeOffState.DECIDED)
                & Q(chosen=None, decided_by=None, decided_on=None),
            ),
            models.CheckConstraint(
                name="a_trade_off_stands_on_the_ladder", condition=Q(rung__in=Rung.values)
            ),
        ]
        indexes = [
            models.Index(
                fields=["climbs_on"],
                name="trade_offs_that_climb",
                condition=Q(state=TradeOffState.OPEN, climbs_on__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.product.code}-TO-{self.number} {self.title}"

    def get_absolute_url(self):
        return reverse("ipd:trade-off", args=[self.pk])

    @property
    def is_open(self):
        return self.state == TradeOffState.OPEN


class TradeOffSide(models.Model):
    """One of those that collide: a requirement, or a limit in words; with who stands for it."""

    trade_off = models.ForeignKey(TradeOff, on_delete=models.CASCADE, related_name="sides")
    requirement = models.ForeignKey(
        "ipd.Requirement", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    limit = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["trade_off_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_requirement_stands_once_in_a_trade_off",
                fields=["trade_off", "requirement"],
            ),
            models.CheckConstraint(
                name="a_side_is_a_requirement_or_a_limit",
                condition=Q(requirement__isnull=False, limit="")
                | Q(requirement=None) & ~Q(limit=""),
            ),
        ]

    def __str__(self):
        return self.limit or str(self.requirement_id)


class TradeOffOption(models.Model):
    """A way out, with what it does to the contract: `days` on the GA date, `cost` to the budget.

    Positive is worse (later, dearer). `loses` says in words what is given up.
    """

    trade_off = models.ForeignKey(TradeOff, on_delete=models.CASCADE, related_name="options")
    name = models.CharField(max_length=150)
    text = models.TextField(blank=True)
    days = models.SmallIntegerField(default=0)
    cost = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    currency = models.CharField(max_length=3, default="EUR")
    loses = models.CharField(max_length=300, blank=True)
    is_recommended = models.BooleanField(default=False)

    class Meta:
        ordering = ["trade_off_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="an_option_stands_once_in_a_trade_off", fields=["trade_off", "name"]
            ),
            models.UniqueConstraint(
                name="one_option_of_a_trade_off_is_recommended",
                fields=["trade_off"],
                condition=Q(is_recommended=True),
            ),
        ]

    def __str__(self):
        return self.name


class TradeOffStep(models.Model):
    """A step of the ladder, entered and left: how long a trade-off waited where. Append-only
    apart from the day it is left on.

    by  who sent it up or decided; None: the clock
    """

    trade_off = models.ForeignKey(TradeOff, on_delete=models.CASCADE, related_name="steps")
    rung = models.PositiveSmallIntegerField(choices=Rung)
    entered_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["trade_off_id", "rung"]
        constraints = [
            models.UniqueConstraint(
                name="a_trade_off_stands_on_a_rung_once", fields=["trade_off", "rung"]
            ),
            models.CheckConstraint(
                name="a_rung_is_left_after_it_was_entered",
                condition=Q(left_on=None) | Q(left_on__gte=F("entered_on")),
            ),
        ]

    def __str__(self):
        return f"{self.rung} {self.entered_on}"
