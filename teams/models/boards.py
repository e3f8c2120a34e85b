"""Boards that people arrange for themselves, and the alerts that KPIs have raised."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.calculations.alerts import Sign
from teams.models.kpis import Kpi


class KpiBoard(models.Model):
    """A person's own choice of tiles; nobody else sees it. One of them may be the first page."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kpi_boards"
    )
    name = models.CharField(max_length=80)
    is_default = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_person_s_boards_have_different_names", fields=["person", "name"]
            ),
            models.UniqueConstraint(
                name="a_person_has_one_default_board",
                fields=["person"],
                condition=Q(is_default=True),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("teams:kpi-own-board", args=[self.pk])


class KpiBoardTile(models.Model):
    """A KPI of a team, or of a group (a product line; "" is the company), in its place.

    A tile whose team the person no longer sees stays, and shows nothing.
    """

    board = models.ForeignKey(KpiBoard, on_delete=models.CASCADE, related_name="tiles")
    kpi = models.ForeignKey(Kpi, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey("teams.Team", null=True, on_delete=models.CASCADE, related_name="+")
    group = models.CharField(max_length=30, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["board_id", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_board_shows_a_figure_once",
                fields=["board", "kpi", "team", "group"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="a_tile_is_of_a_team_or_of_a_group", condition=Q(team=None) | Q(group="")
            ),
        ]

    def __str__(self):
        return f"{self.board_id} {self.kpi_id}"


class AlertKind(models.TextChoices):
    OUTSIDE = Sign.OUTSIDE.value, _("outside the band")
    WORSENING = Sign.WORSENING.value, _("three times worse in a row")
    FORECAST = Sign.FORECAST.value, _("leaves the band soon")


class KpiAlert(models.Model):
    """A sign of a team's KPI: raised in a month, over once the sign is gone.

    raised_in, cleared_in  months; people are told when it is raised, not every night
    """

    kpi = models.ForeignKey(Kpi, on_delete=models.CASCADE, related_name="alerts")
    team = models.ForeignKey("teams.Team", on_delete=models.CASCADE, related_name="kpi_alerts")
    kind = models.CharField(max_length=10, choices=AlertKind)
    raised_in = models.DateField()
    raised_at = models.DateTimeField(default=timezone.now)
    cleared_in = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-raised_in", "team_id", "kpi_id", "kind"]
        constraints = [
            models.UniqueConstraint(
                name="a_sign_is_raised_once_while_it_lasts",
                fields=["team", "kpi", "kind"],
                condition=Q(cleared_in=None),
            ),
            models.CheckConstraint(name="an_alert_is_of_a_month", condition=Q(raised_in__day=1)),
        ]

    def __str__(self):
        return f"{self.kpi_id} {self.team_id} {self.kind}"
