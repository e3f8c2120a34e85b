"""Facts of checklists that teams know themselves."""

from django.db.models import Q
from django.urls import reverse

from teams.actions.academy import deeds
from teams.facts import at, at_the_seat, holds, tells
from teams.models import Attempt, Deed, KnowledgeClaim


def _module(seat, params) -> str:
    return reverse("teams:module", args=[params["module"]])


@tells("module_passed", where=_module)
def modules(person, seat, params):
    """The assessment of the module is passed, whenever it was."""
    return Attempt.objects.filter(person=person, module__code=params["module"], passed=True)


@tells("seat_confirmed", where=at_the_seat)
def confirmed(person, seat, params):
    return Deed.objects.filter(person=person, deed=deeds.SEAT_CONFIRMED, subject=f"seat:{seat.pk}")


@tells("deputy_named", where=at_the_seat)
def deputies(person, seat, params):
    """The seat has a deputy as long as it lasts."""
    return holds(seat, Q(deputy__isnull=False))


@tells("authority_read", where=at("teams:team-rights"))
def rights_read(person, seat, params):
    return Deed.objects.filter(person=person, deed=deeds.AUTHORITY_READ)


@tells("knowledge_claimed", where=at_the_seat)
def claims(person, seat, params):
    return KnowledgeClaim.objects.filter(person=person, team=seat.team_id)


@tells("ledger_verified", where=at("teams:ledger-check"))
def verified(person, seat, params):
    return Deed.objects.filter(person=person, deed=deeds.LEDGER_VERIFIED)


@tells("calendar_subscribed", where=at("gates:calendar-subscription"))
def subscribed(person, seat, params):
    """A calendar program fetched the gates under the person's own address."""
    return Deed.objects.filter(person=person, deed=deeds.CALENDAR_SUBSCRIBED)
