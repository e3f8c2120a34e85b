"""The contract between board and team: what was promised, in versions, and what is read of it.

A contract is drafted by the team, signed by a gate's decision, and never edited afterwards
(triggers refuse it): a change signs the next version, and the original stays to be held against.
"""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ipd.calculations import tolerances
from ipd.calculations.tolerances import Tolerance
from ipd.kernel.days import working_days_between
from ipd.kernel.measures import Unit

# The elements that other things hang on: the date that plans are held against, and the budget.
GA, COST = "GA", "RD_COST"


class Promise(models.Model):
    """What is promised and how far it may slip; in the process, and copied into contracts.

    unit              one of `ipd.kernel.measures.Unit`; a date is kept as its ordinal
    measure           key in the register of measures; empty: people enter dated readings
    tolerance_days    working days a date may be late
    tolerance_percent percent of the promised figure (of a date: of what remains of the way to
                      it) that may be missed; the wider of the two tolerances counts
    warning_percent   percent of the promised figure from which people are warned
    zero_tolerance    nothing may be missed
    """

    code = models.CharField(max_length=30)
    name = models.CharField(max_length=150)
    unit = models.CharField(max_length=10, choices=[(unit.value, unit.value) for unit in Unit])
    measure = models.CharField(max_length=60, blank=True)
    higher_is_better = models.BooleanField(default=False)
    tolerance_days = models.PositiveSmallIntegerField(null=True, blank=True)
    tolerance_percent = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    warning_percent = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    zero_tolerance = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


# What a contract's element takes over from the process it was drafted under.
COPIED = [field.name for field in Promise._meta.fields]


class ContractElementDefinition(Promise):
    """What contracts of a process promise, with the tolerance inside which the team manages."""

    process = models.ForeignKey(
        "ipd.ProcessVersion", on_delete=models.CASCADE, related_name="contract_elements"
    )

    class Meta:
        ordering = ["process_id", "order", "code"]
        constraints = [
            models.UniqueConstraint(
                name="a_contract_element_stands_once_in_its_process", fields=["process", "code"]
            ),
            models.CheckConstraint(
                name="unit_of_a_defined_element_is_known",
                condition=Q(unit__in=[unit.value for unit in Unit]),
            ),
        ]


class ContractQuerySet(models.QuerySet):
    def signed(self):
        return self.exclude(signed_on=None)

    def current(self):
        return self.filter(is_current=True)

    def drafted(self):
        return self.filter(signed_on=None)


class Contract(models.Model):
    """One version; without `signed_on` it is the draft that the next decision will sign.

    decision   what signed it, in words: a gate's decision or a change request
    ended_on   the day another version took its place, or the product was stopped
    revision   counts the edits of a draft, so that a stale page is refused
    """

    product = models.ForeignKey("ipd.Product", on_delete=models.PROTECT, related_name="contracts")
    version = models.PositiveSmallIntegerField()
    ga_on = models.DateField()
    reason = models.CharField(max_length=500, blank=True)
    decision = models.CharField(max_length=120, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField(auto_now_add=True)
    is_current = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ["product_id", "version"]
        constraints = [
            models.UniqueConstraint(
                name="a_contract_s_version_stands_once", fields=["product", "version"]
            ),
            models.UniqueConstraint(
                name="one_current_contract_per_product",
                fields=["product"],
                condition=Q(is_current=True),
            ),
            models.UniqueConstraint(
                name="one_drafted_contract_per_product",
                fields=["product"],
                condition=Q(signed_on=None),
            ),
            models.CheckConstraint(
                name="a_contract_is_signed_wholly_or_not_at_all",
                condition=Q(signed_on=None, signed_by=None, is_current=False, ended_on=None)
                | Q(signed_on__isnull=False, signed_by__isnull=False) & ~Q(decision=""),
            ),
            models.CheckConstraint(
                name="a_contract_ends_when_it_is_no_longer_current",
                condition=Q(is_current=True, ended_on=None)
                | Q(is_current=False, ended_on__isnull=False)
                | Q(signed_on=None),
            ),
            models.CheckConstraint(
                name="a_contract_ends_after_it_began",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("signed_on")),
            ),
        ]

    def __str__(self):
        return _("Contract version %(version)d") % {"version": self.version}

    def get_absolute_url(self):
        return reverse("ipd:contract", args=[self.product_id])

    @property
    def is_draft(self):
        return self.signed_on is None


class ContractElement(Promise):
    """One promise of a contract; `promised` in its unit (money in `currency`)."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="elements")
    promised = models.DecimalField(max_digits=18, decimal_places=4)
    currency = models.CharField(max_length=3, default="EUR")

    class Meta:
        ordering = ["contract_id", "order", "code"]
        constraints = [
            models.UniqueConstraint(
                name="an_element_stands_once_in_a_contract", fields=["contract", "code"]
            ),
            models.CheckConstraint(
                name="unit_of_an_element_is_known",
                condition=Q(unit__in=[unit.value for unit in Unit]),
            ),
        ]

    def missed(self, value: Decimal) -> Decimal:
        """By how much `value` is worse than promised, in the unit; of a date in working days."""
        if self.unit != Unit.DATE:
            return tolerances.missed(self.promised, value, higher_is_better=self.higher_is_better)
        late = working_days_between(*(date.fromordinal(int(n)) for n in (self.promised, value)))
        return Decimal(-late if self.higher_is_better else late)

    def tolerance(self, day: date) -> Tolerance:
        """How far it may be missed, as of a day, by which the way to a promised date is shorter."""
        given = {
            "percent": self.tolerance_percent,
            "warning": self.warning_percent,
            "zero": self.zero_tolerance,
        }
        if self.unit != Unit.DATE:
            return tolerances.of_figure(self.promised, **given)
        remaining = working_days_between(day, date.fromordinal(int(self.promised)))
        return tolerances.of_date(remaining, days=self.tolerance_days, **given)

    def judge(self, value: Decimal, day: date) -> str:
        """Inside, warning or broken: what reading `value` on a day makes of the promise."""
        return self.tolerance(day).judge(self.missed(value))


class ContractReading(models.Model):
    """What an element without a measure was found to be on a day; appended, never changed."""

    product = models.ForeignKey(
        "ipd.Product", on_delete=models.PROTECT, related_name="contract_readings"
    )
    code = models.CharField(max_length=30)
    on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4)
    source = models.CharField(max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["product_id", "code", "on", "pk"]

    def __str__(self):
        return f"{self.code} {self.on}"
