"""Readings that somebody entered and nobody else has stood for yet."""

from datetime import date

from django.db.models import QuerySet

from ipd.kernel.days import today
from teams.calculations.months import month_of, shifted
from teams.models import KpiReading, Person
from teams.models.readings import WITH_FIGURE
from teams.queries.duties import APPROVE
from teams.subjects import subjects

MONTHS = 12


def since() -> date:
    """The first month whose readings are still put before somebody."""
    return shifted(month_of(today()), -MONTHS)


def waiting(person: Person) -> QuerySet[KpiReading]:
    """What the person may approve: others' readings with a figure, in the teams where they may."""
    return (
        KpiReading.objects.current()
        .filter(
            approval=None,
            entered_by__isnull=False,
            status__in=WITH_FIGURE,
            month__gte=since(),
            team__in=subjects().may(person, APPROVE),
        )
        .exclude(entered_by=person)
        .select_related("kpi", "team", "entered_by")
    )
