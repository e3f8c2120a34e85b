"""A board as large as one likes, and a review that it can decide at once."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from gates.actions.terms import Terms
from gates.models import Presence, Review
from ipd.kernel.days import today
from teams.models import Person
from tests.factories.company import House, seated


def enlarge(house: House, size: int) -> list[Person]:
    """Seats members until the board has `size` voters; returns all of them."""
    added = [
        seated(house.board, "MEMBER", f"F{number}") for number in range(size - len(house.voters))
    ]
    return [*house.voters, *added]


def enter(review: Review, people: Iterable[Person]) -> None:
    """All of them are in the room."""
    now = timezone.now()
    Presence.objects.bulk_create(
        Presence(review=review, person=person, last_seen_at=now) for person in people
    )


def terms(**fields) -> Terms:
    """What a Go has to say."""
    given = {
        "rationale": "The case holds at the low price, supply has two sources, and the team "
        "is complete. The board releases the next tranche.",
        "next_on": today() + timedelta(days=90),
        "amount": Decimal("250000.00"),
    }
    return Terms(**(given | fields))
