"""The address under which somebody's calendar program reads the gates; a new one ends the old."""

import hashlib
import secrets

from django.db import transaction

from teams.actions.academy import deeds
from teams.models import CalendarToken, Person

BYTES = 24


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def renew(person: Person) -> str:
    """The token of a new address; shown once, since only its hash is kept."""
    token = secrets.token_urlsafe(BYTES)
    CalendarToken.objects.filter(person=person).delete()
    CalendarToken.objects.create(person=person, sha256=digest(token))
    return token


def end(person: Person) -> None:
    """Nobody reads under the person's address any more."""
    CalendarToken.objects.filter(person=person).delete()


def reader_of(token: str) -> Person | None:
    """Whose address it is, while they work here; that it is read is noted once."""
    rows = CalendarToken.objects.filter(sha256=digest(token), person__is_active=True)
    row = rows.select_related("person").first()
    if row is None:
        return None
    deeds.note(row.person, deeds.CALENDAR_SUBSCRIBED)
    return row.person
