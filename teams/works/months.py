"""Reading the open months again and closing one, as jobs that tell how far they are."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions.jobs import Running, job
from teams.actions import months
from teams.models import KpiMonth
from teams.subjects import subjects

ACT = "edit_kpis"


@job(kind=months.READ)
def read_open(running: Running) -> str:
    """Read the computed KPIs of the open months again."""
    _require(running)
    months.read_open(progress=running.progress)
    return reverse("teams:kpi-months")


@job(kind=months.CLOSE)
def close(running: Running, *, month: str) -> str:
    """Close the month; a job that is handed out twice finds it closed."""
    _require(running)
    day = date.fromisoformat(month)
    if not KpiMonth.objects.filter(month=day, closed_by=running.person).exists():
        months.close(day, by=running.person, progress=running.progress)
    return reverse("teams:kpi-months")


def _require(running: Running) -> None:
    if ACT not in subjects().acts_in_group(running.person, ""):
        raise Refused(_("You may not do this any more."))
