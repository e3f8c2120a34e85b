"""Who may have the ledger's chain checked."""

from django.db.models import Q

from teams.facts import boards
from teams.models import DecisionRight, Person
from teams.permissions import by_seat_in_body, by_seat_in_team

ACTS = ("book", "audit", "decide")


def may_check(person: Person) -> bool:
    """Administrators, and who books, audits or decides reviews by a seat on a board or a team."""
    if person.is_administrator:
        return True
    on_board = by_seat_in_body(person) & Q(role__seats__team__in=boards())
    seated = on_board | by_seat_in_team(person)
    return DecisionRight.objects.filter(seated, act__in=ACTS).exists()
