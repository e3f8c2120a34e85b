"""What somebody says of their own seat: that it is theirs, who stands in, what they know."""

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger, touches
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.actions.academy import deeds
from teams.models import KnowledgeClaim, Person, Seat
from teams.models.academy.checklists import KnowledgeLevel
from teams.permissions import visible_seats
from teams.subjects import subjects


def confirm(seat: Seat, *, by: Person) -> None:
    """The holder says that role, share and dates are as agreed; noted once."""
    _own(seat, by)
    deeds.note(by, deeds.SEAT_CONFIRMED, f"seat:{seat.pk}")


@transaction.atomic
def name_deputy(seat: Seat, *, deputy: Person, by: Person) -> Seat:
    """The holder names who stands in, of the function that the seat speaks for.

    A deputy in a team may do what the seat may: it stands in the ledger, and they are told. Sight
    of a confidential product is not the holder's to give: from whom the team is hidden, may not.
    """
    seat = Seat.objects.select_for_update(of=("self",), no_key=True).get(pk=seat.pk)
    _own(seat, by)
    if deputy.pk == by.pk or not deputy.is_active or deputy.function_id != seat.function_id:
        raise Refused(_("A deputy is somebody else of the same function."))
    if not visible_seats(deputy).filter(pk=seat.pk).exists():
        raise Refused(_("%(name)s may not see what this team does.") % {"name": deputy.name})
    if seat.deputy_id == deputy.pk:
        raise Refused(_("%(name)s is the deputy already.") % {"name": deputy.name})
    before, seat.deputy = seat.deputy_id, deputy
    seat.save(update_fields=["deputy"])
    ledger.record(
        kind="deputy named",
        subject=f"seat:{seat.pk}",
        body={"deputy": deputy.pk, "before": before, "team": seat.team.code},
        by=by,
    )
    subject = subjects().of([seat.team_id]).get(seat.team_id)
    if subject is not None:
        touches.touch([subject.measured])
    tell(
        [deputy],
        news=f"deputy:{seat.pk}:{deputy.pk}:{today()}",
        text=_("%(name)s named you as deputy in %(team)s.")
        % {"name": by.name, "team": seat.team.name},
        link=seat.team.get_absolute_url(),
        why=_("You stand in for them when they are away."),
    )
    return seat


def _own(seat: Seat, by: Person) -> None:
    if seat.person_id != by.pk:
        raise Refused(_("This seat is not yours."))


@transaction.atomic
def claim(seat: Seat, *, area: str, level: KnowledgeLevel, by: Person) -> KnowledgeClaim:
    """What the holder knows of an area that the team depends on; the last word counts."""
    _own(seat, by)
    row, _made = KnowledgeClaim.objects.update_or_create(
        person=by,
        team=seat.team,
        area=" ".join(area.split()),
        defaults={"level": level, "claimed_on": today()},
    )
    return row


def withdraw(claimed: KnowledgeClaim) -> None:
    KnowledgeClaim.objects.filter(pk=claimed.pk).delete()
