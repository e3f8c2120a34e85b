"""What KPIs read: one row per KPI, team and month; history is kept, corrections supersede."""

from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ipd.kernel.measures import Status, Unit
from teams.models.kpis import Kpi, Together


class Source(models.TextChoices):
    COMPUTED = "computed", _("computed")
    ENTERED = "entered", _("entered")
    IMPORTED = "imported", _("imported")


class ReadingStatus(models.TextChoices):
    MEASURED = Status.MEASURED.value, _("measured")
    ESTIMATED = Status.ESTIMATED.value, _("estimated")
    NOT_DUE = Status.NOT_DUE.value, _("not due")
    MISSING = Status.MISSING.value, _("missing")


WITH_FIGURE = (ReadingStatus.MEASURED, ReadingStatus.ESTIMATED)


class KpiReadingQuerySet(models.QuerySet):
    def current(self):
        """Readings that no correction has superseded."""
        return self.filter(superseded_by=None)

    def with_figure(self):
        return self.filter(status__in=WITH_FIGURE)


class Figured:
    """What has a numerator and a denominator has a figure, once it is told the KPI's unit."""

    @property
    def ratio(self) -> Decimal | None:
        """Numerator over denominator; None, not zero, where there is no figure."""
        return self.numerator / self.denominator if self.denominator else None

    def figure(self, kpi: Kpi | None = None) -> Decimal | None:
        """The figure in the KPI's unit; None where nothing was measured."""
        ratio = self.ratio
        percent = (kpi or self.kpi).unit == Unit.PERCENT
        return 100 * ratio if percent and ratio is not None else ratio


class KpiReading(Figured, models.Model):
    """One KPI of one team in one month, as it was read, entered or imported; never changed.

    month       its first day
    numerator, denominator   the figure is derived from them; a plain figure is over 1
    n           observations behind the figure
    definition  the version of the KPI's card it was read by
    supersedes  the reading that this one corrects; a chain without forks
    is_open     whether it is provisional: of a month that is running, or read and not kept yet
    """

    is_open = False
    approved_by_id: int | None = None

    kpi = models.ForeignKey(Kpi, on_delete=models.PROTECT, related_name="readings")
    team = models.ForeignKey("teams.Team", on_delete=models.PROTECT, related_name="readings")
    month = models.DateField()
    numerator = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    denominator = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    n = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=9, choices=ReadingStatus)
    as_of = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=8, choices=Source)
    definition = models.PositiveIntegerField(default=1)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    objects = KpiReadingQuerySet.as_manager()

    class Meta:
        ordering = ["team_id", "month", "kpi_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_team_has_one_first_reading_of_a_kpi_in_a_month",
                fields=["team", "month", "kpi"],
                condition=Q(supersedes=None),
            ),
            models.CheckConstraint(name="a_reading_is_of_a_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="a_reading_s_status_is_known", condition=Q(status__in=ReadingStatus.values)
            ),
            models.CheckConstraint(
                name="a_figure_has_a_numerator_a_denominator_and_a_status_that_says_so",
                condition=Q(
                    status__in=WITH_FIGURE, numerator__isnull=False, denominator__isnull=False
                )
                & ~Q(denominator=0)
                | Q(~Q(status__in=WITH_FIGURE), numerator__isnull=True, denominator__isnull=True),
            ),
            models.CheckConstraint(
                name="what_people_enter_names_who_entered_it",
                condition=~Q(source=Source.ENTERED) | Q(entered_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["team", "month", "kpi"], name="readings_of_a_team"),
            models.Index(fields=["kpi", "month"], name="readings_of_a_kpi"),
        ]

    def __str__(self):
        return f"{self.kpi_id} {self.team_id} {self.month:%Y-%m}"


class KpiApproval(models.Model):
    """A second person stands for a reading that somebody entered; never changed."""

    reading = models.OneToOneField(KpiReading, on_delete=models.PROTECT, related_name="approval")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.reading_id}"


class KpiMonth(models.Model):
    """A month whose readings were computed and whose totals are kept; late ones are corrections."""

    month = models.DateField(unique=True)
    closed_at = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(
                name="a_closed_month_is_named_by_its_first_day", condition=Q(month__day=1)
            )
        ]

    def __str__(self):
        return f"{self.month:%Y-%m}"


class KpiTotal(Figured, models.Model):
    """A KPI of a group of teams (a product line; "" is the company) in a month.

    Kept so that boards need not add up thousands of readings; recomputed whenever a reading of
    its month comes in. Only teams that everybody may see are in it: whoever sees more adds them;
    for that a median keeps the figures around its `middle`.
    """

    kpi = models.ForeignKey(Kpi, on_delete=models.CASCADE, related_name="totals")
    group = models.CharField(max_length=30, blank=True)
    month = models.DateField()
    together = models.CharField(max_length=8, choices=Together)
    numerator = models.DecimalField(max_digits=24, decimal_places=6)
    denominator = models.DecimalField(max_digits=24, decimal_places=6)
    n = models.PositiveBigIntegerField()
    teams = models.PositiveIntegerField()
    middle = ArrayField(
        models.DecimalField(max_digits=24, decimal_places=6), default=list, blank=True
    )

    class Meta:
        ordering = ["kpi_id", "group", "month"]
        constraints = [
            models.UniqueConstraint(
                name="a_group_has_one_total_of_a_kpi_in_a_month", fields=["group", "month", "kpi"]
            ),
            models.CheckConstraint(name="a_total_is_over_something", condition=~Q(denominator=0)),
        ]

    def __str__(self):
        return f"{self.kpi_id} {self.group} {self.month:%Y-%m}"
