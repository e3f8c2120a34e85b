"""Facts of checklists that plans and risks know."""

from django.db.models import Q

from ipd.models import Activity, Risk
from ipd.models.plans import ActivityKind
from teams.facts import at_the_team, tells

ESTIMATED = Q(optimistic_minutes__isnull=False, pessimistic_minutes__isnull=False)


@tells("activity_estimated", where=at_the_team)
def activities(person, seat, params):
    """Tasks of theirs with an optimistic, a likely and a pessimistic duration."""
    return Activity.objects.filter(ESTIMATED, owner=person, kind=ActivityKind.TASK)


@tells("risk_owned", where=at_the_team)
def risks(person, seat, params):
    """Open risks of theirs with a response and a day."""
    return Risk.objects.open().filter(owner=person, due_on__isnull=False).exclude(response="")
