"""The academy assigns crises to people: scenarios they have not met."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.models import Content, CrisisAssignment, Person
from teams.models.academy.crises import PlayMode
from teams.queries.academy.crises import has_met, rests_until, scenarios


@transaction.atomic
def assign(
    scenario: Content, *, person: Person, mode: PlayMode, due_on: date | None, by: Person
) -> CrisisAssignment:
    """Give somebody a scenario to play.

    Raises Refused for one they know while there are others, for one that is assigned already,
    and for a day on which they cannot have played it.
    """
    first = rests_until(person) or today()
    if due_on is not None and due_on < first:
        raise Refused(
            _("%(person)s cannot play it by %(due)s: %(first)s is the first day.")
            % {"person": person, "due": due_on, "first": first}
        )
    if has_met(person, scenario.code):
        others = [one.code for one in scenarios() if not has_met(person, one.code)]
        if others:
            raise Refused(
                _("%(person)s knows this scenario already: assign another.") % {"person": person}
            )
    try:
        with transaction.atomic():
            row = CrisisAssignment.objects.create(
                person=person, scenario=scenario.code, mode=mode, due_on=due_on, by=by
            )
    except IntegrityError as error:
        raise Refused(_("%(person)s has it assigned already.") % {"person": person}) from error
    tell(
        [person],
        news=f"crisis-assigned:{row.pk}",
        text=_("A crisis is assigned to you: %(scenario)s.") % {"scenario": scenario.title},
        link="/academy/crises/",
        why=_("You are on a learning path."),
        needs_action=True,
    )
    return row


@transaction.atomic
def take_back(row: CrisisAssignment) -> None:
    """Take an assignment back that nobody has begun."""
    gone, _rows = CrisisAssignment.objects.filter(pk=row.pk, play=None).delete()
    if not gone:
        raise Refused(_("It has been begun: it stays."))
