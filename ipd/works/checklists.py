"""Facts of checklists that plans and risks know."""

from django.db.models import Q
from django.urls import reverse

from ipd.models import Activity, Risk
from ipd.models.plans import ActivityKind
from teams.facts import tells

ESTIMATED = Q(optimistic_minutes__isnull=False, pessimistic_minutes__isnull=False)


def _portfolio(seat, params) -> str:
    return reverse("ipd:portfolio")


@tells("activity_estimated", where=_portfolio)
def activities(person, seat, params):
    """Tasks of theirs with an optimistic, a likely and a pessimistic duration."""
    return Activity.objects.filter(ESTIMATED, owner=person, kind=ActivityKind.TASK)


@tells("risk_owned", where=_portfolio)
def risks(person, seat, params):
    """Open risks of theirs with a response and a day."""
    return Risk.objects.open().filter(owner=person, due_on__isnull=False).exclude(response="")
