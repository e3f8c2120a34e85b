"""KPIs as data: what is measured, in which direction, with which targets in which phase."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from ipd.kernel.measures import Unit


class Direction(models.TextChoices):
    UP = "up", _("higher is better")
    DOWN = "down", _("lower is better")
    NEAR = "near", _("near the target is best")


class Cadence(models.TextChoices):
    MONTHLY = "monthly", _("every month")
    QUARTERLY = "quarterly", _("every quarter")
    HALF_YEARLY = "half_yearly", _("every half year")
    AT_GATES = "at_gates", _("at gates")


class Together(models.TextChoices):
    """How a group's figure comes about. Indices and shares are never averaged."""

    RATIO = "ratio", _("sum of numerators by sum of denominators")
    SUM = "sum", _("sum")
    MEDIAN = "median", _("median")
    LEAST = "least", _("least")
    MOST = "most", _("most")


class Dimension(models.TextChoices):
    TIME = "time", _("Time")
    CUSTOMER = "customer", _("Customer")
    COST = "cost", _("Cost and finance")
    QUALITY = "quality", _("Quality")
    CAPABILITY = "capability", _("Capability")


class KpiQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def computed(self):
        return self.exclude(expression="")


class Kpi(models.Model):
    """The definition card of one KPI.

    formula      in words, as everybody reads it
    expression   how it is computed from registered measures ("cpi", "100 * (eac - bac) / bac");
                 blank for a KPI that is entered
    unit         how its figure is shown; PERCENT is 100 · numerator ÷ denominator
    unit_label   what stands behind the figure where the unit does not say it ("/KLOC", "months")
    least_n      below so many observations the rows are shown instead of a figure
    counts_in_pay  false for what stops being honest once it is paid for
    has_amounts  numerator and denominator are amounts of money, whatever the figure is: they
                 are shown to those who may see the money
    version      goes up with every change; each reading keeps the one it was read by
    """

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    formula = models.CharField(max_length=500)
    expression = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=8, choices=[(unit.value, unit.value) for unit in Unit])
    unit_label = models.CharField(max_length=20, blank=True)
    places = models.PositiveSmallIntegerField(default=1)
    direction = models.CharField(max_length=4, choices=Direction)
    cadence = models.CharField(max_length=12, choices=Cadence, default=Cadence.MONTHLY)
    together = models.CharField(max_length=8, choices=Together, default=Together.RATIO)
    dimension = models.CharField(max_length=12, choices=Dimension, blank=True)
    source = models.CharField(max_length=60)
    owner = models.ForeignKey("teams.Function", null=True, on_delete=models.PROTECT)
    least_n = models.PositiveSmallIntegerField(default=5)
    counts_in_pay = models.BooleanField(default=True)
    has_amounts = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    valid_from = models.DateField(default=today)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = KpiQuerySet.as_manager()

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                name="a_kpi_has_a_known_direction", condition=Q(direction__in=Direction.values)
            ),
            models.CheckConstraint(
                name="a_kpi_s_group_figure_comes_about_in_a_known_way",
                condition=Q(together__in=Together.values),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    def get_absolute_url(self):
        return reverse("teams:kpi", args=[self.pk])

    @property
    def is_computed(self) -> bool:
        return bool(self.expression)

    @property
    def is_money(self) -> bool:
        return self.unit == Unit.MONEY


class KpiTarget(models.Model):
    """Floor, target and stretch of a KPI in a phase, from a day on; a later row replaces it.

    A KPI without a target for a phase (its own, or one for all phases) is not due there.
    `centre` is set for a KPI whose direction is NEAR; floor, target and stretch are then
    distances from it. A row that is not due takes the KPI out of the phase from its day on.
    """

    kpi = models.ForeignKey(Kpi, on_delete=models.CASCADE, related_name="targets")
    phase = models.CharField(max_length=20, blank=True)
    floor = models.DecimalField(max_digits=16, decimal_places=4)
    target = models.DecimalField(max_digits=16, decimal_places=4)
    stretch = models.DecimalField(max_digits=16, decimal_places=4)
    centre = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    is_due = models.BooleanField(default=True)
    valid_from = models.DateField(default=today)

    class Meta:
        ordering = ["kpi_id", "phase", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                name="a_phase_has_one_target_of_a_kpi_from_a_day_on",
                fields=["kpi", "phase", "valid_from"],
            ),
            models.CheckConstraint(
                name="floor_target_and_stretch_go_one_way",
                condition=Q(floor__lt=F("target"), target__lte=F("stretch"))
                | Q(floor__gt=F("target"), target__gte=F("stretch")),
            ),
        ]

    def __str__(self):
        return f"{self.kpi_id} {self.phase} {self.target}"


class KpiWeight(models.Model):
    """What a dimension counts in a team's score while its product is in a phase, in percent."""

    phase = models.CharField(max_length=20)
    dimension = models.CharField(max_length=12, choices=Dimension)
    percent = models.PositiveSmallIntegerField()
    valid_from = models.DateField(default=today)

    class Meta:
        ordering = ["phase", "dimension", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                name="a_dimension_has_one_weight_in_a_phase_from_a_day_on",
                fields=["phase", "dimension", "valid_from"],
            ),
            models.CheckConstraint(
                name="a_dimension_weighs_at_most_everything", condition=Q(percent__lte=100)
            ),
        ]

    def __str__(self):
        return f"{self.phase} {self.dimension} {self.percent} %"
