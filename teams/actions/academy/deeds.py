"""Deeds that nothing else remembers are noted the first time, for the checklists alone."""

from teams.models import Deed, Person

SEAT_CONFIRMED = "seat_confirmed"
AUTHORITY_READ = "authority_read"
BRIEF_OPENED = "brief_opened"
REVIEW_BOOKED = "review_booked"
PACK_LOCKED = "pack_locked"
ROOM_OPENED = "room_opened"
CALENDAR_SUBSCRIBED = "calendar_subscribed"
LEDGER_VERIFIED = "ledger_verified"
CHECKLIST_DONE = "checklist_done"


def note(person: Person | None, deed: str, subject: str = "", *, chain: str = "") -> None:
    """Note it unless it is noted already; one statement, nobody is told."""
    if person is not None:
        row = Deed(person=person, deed=deed, subject=subject, chain=chain)
        Deed.objects.bulk_create([row], ignore_conflicts=True)
