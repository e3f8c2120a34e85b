"""What computed KPIs read while a month is open: replaced as facts move, kept when it is closed."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from teams.models.kpis import Kpi
from teams.models.readings import WITH_FIGURE, Figured, ReadingStatus


class KpiOpenReading(Figured, models.Model):
    """A provisional reading: of a month that no one has closed, as it was read last.

    Readings themselves are never changed; so what is read again every night stands here, and
    becomes a reading when its month is closed. What people enter for the month goes first.
    """

    kpi = models.ForeignKey(Kpi, on_delete=models.CASCADE, related_name="open_readings")
    team = models.ForeignKey("teams.Team", on_delete=models.CASCADE, related_name="open_readings")
    month = models.DateField()
    numerator = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    denominator = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    n = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=9, choices=ReadingStatus)
    as_of = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    definition = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["team_id", "month", "kpi_id"]
        constraints = [
            models.UniqueConstraint(
                name="a_team_has_one_open_reading_of_a_kpi_in_a_month",
                fields=["team", "month", "kpi"],
            ),
            models.CheckConstraint(name="an_open_reading_is_of_a_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="an_open_figure_has_its_parts_and_a_status_that_says_so",
                condition=Q(
                    status__in=WITH_FIGURE, numerator__isnull=False, denominator__isnull=False
                )
                & ~Q(denominator=0)
                | Q(~Q(status__in=WITH_FIGURE), numerator__isnull=True, denominator__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["kpi", "month"], name="open_readings_of_a_kpi")]

    def __str__(self):
        return f"{self.kpi_id} {self.team_id} {self.month:%Y-%m}"
