"""Who may have the ledger's chain checked."""

from django.db.models import Q

from teams.models import DecisionRight, Person
from teams.permissions import by_seat_in_body, by_seat_in_team

ACTS = ("book", "audit", "decide")


def may_check(person: Person) -> bool:
    """Administrators, and who books, audits or decides reviews, by any seat."""
    if person.is_administrator:
        return True
    seated = by_seat_in_body(person) | by_seat_in_team(person)
    return DecisionRight.objects.filter(Q(act__in=ACTS) & seated).exists()
