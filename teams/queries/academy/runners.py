"""Who runs the academy: the people to tell."""

from ipd.kernel.days import today
from teams.models import Person
from teams.permissions.academy import ACADEMY, RUN


def runners() -> list[Person]:
    """Those in the academy's seats of today that run it; one query."""
    rows = Person.objects.filter(
        is_active=True,
        seats__period__contains=today(),
        seats__team__kind=ACADEMY,
        seats__role__rights__act=RUN,
        seats__role__rights__body_kind=ACADEMY,
    )
    return list(rows.distinct())
