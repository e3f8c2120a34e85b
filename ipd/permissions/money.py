"""Who closes the company's months; whose money a person sees is `may(person, "see_money")`."""

from django.db.models import Q

from ipd.permissions import OF_ITS_KIND
from teams.models import DecisionRight, Person
from teams.permissions import by_seat_in_body


def can_close_months(person: Person) -> bool:
    """A seat in a body of the company that carries the right closes the books of a month."""
    of_company = Q(
        role__seats__team__bodies__line=None,
        role__seats__team__bodies__isnull=False,
    )
    return DecisionRight.objects.filter(
        by_seat_in_body(person) & OF_ITS_KIND & of_company, act="close_month"
    ).exists()
