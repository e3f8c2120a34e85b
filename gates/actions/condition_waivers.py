"""Letting a condition go: the chair and the owning function sign, two people."""

from django.db import transaction
from django.utils.translation import gettext as _

from gates.actions import conditions
from gates.duties import CHAIR, FUNCTION, chairs_of, waiver_lines
from gates.models import Condition, ConditionEvent
from gates.models.conditions import ConditionState
from ipd.kernel.access import Refused
from ipd.kernel.days import today
from teams.models import Person

# The first signature is kept as an event that names its line.
SIGNED = {CHAIR: "waiver_chair", FUNCTION: "waiver_function"}
WITHDRAWN = "waiver_withdrawn"


def asked(condition: Condition) -> ConditionEvent | None:
    """The first signature of a waiver that still waits for the second."""
    return pending(condition.events.select_related("by"))


def pending(events) -> ConditionEvent | None:
    """The same, out of the condition's history in its order."""
    asked = None
    for event in events:
        if event.what in SIGNED.values():
            asked = event
        elif event.what in (WITHDRAWN, "waived"):
            asked = None
    return asked


def second_blocker(first: ConditionEvent, by: Person, lines: list[str]) -> str:
    """Why this person cannot give the second signature, as a sentence; empty when they can."""
    if first.by_id == by.pk:
        return _("You signed already; the other line is for somebody else.")
    if all(SIGNED[line] == first.what for line in lines):
        return _("That line is signed already; the other one is missing.")
    return ""


@transaction.atomic
def sign(condition: Condition, *, reason: str, by: Person, seen_version: int) -> Condition:
    """Let the condition go: the chair and the owning function sign, two people, in any order.

    The first signature carries the reason and asks for the second; the second settles it.
    Refused to its owner, to who signed the other line, and when it is verified or waived.
    """
    condition = conditions.locked(condition, seen_version=seen_version)
    if why := conditions.blocker(condition, "waive"):
        raise Refused(why)
    lines = waiver_lines(by, condition)
    if not lines:
        raise Refused(_("The chair and the owning function waive a condition, never its owner."))
    first = asked(condition)
    if first is None:
        return _ask_for_waiver(condition, lines[0], reason=reason.strip(), by=by)
    if why := second_blocker(first, by, lines):
        raise Refused(why)
    left = [line for line in lines if SIGNED[line] != first.what]
    condition.state, condition.settled_on = ConditionState.WAIVED, today()
    conditions.note_event(condition, "waived", by=by, note=reason.strip())
    people = {first.what: first.by_id, SIGNED[left[0]]: by.pk}
    conditions.enter_in_ledger(condition, "waived", by=by, reason=first.note, signed=people)
    conditions.save_step(condition, "state", "settled_on")
    conditions.open_next_phase(condition)
    conditions.inform(
        condition,
        [condition.owner, condition.verifier, first.by],
        news=f"waived:{condition.version}",
        text=_("Waived: %(condition)s") % {"condition": conditions.name_of(condition)},
        why=_("You own, verify or signed for this condition."),
    )
    return condition


def _ask_for_waiver(condition: Condition, line: str, *, reason: str, by: Person) -> Condition:
    if not reason:
        raise Refused(_("Say why the condition can go."))
    conditions.note_event(condition, SIGNED[line], by=by, note=reason)
    conditions.save_step(condition)
    others = [condition.function.head] if line == CHAIR else chairs_of(condition.review)
    conditions.inform(
        condition,
        [person for person in others if person and person.pk not in (by.pk, condition.owner_id)],
        news=f"waiver:{condition.version}",
        text=_("%(person)s asks to waive %(condition)s: %(reason)s")
        % {"person": by, "condition": conditions.name_of(condition), "reason": reason},
        why=_("Your signature is asked for."),
        act=True,
    )
    return condition


@transaction.atomic
def withdraw(condition: Condition, *, by: Person, seen_version: int) -> Condition:
    """Take back a first signature; refused to anybody else, and when there is none."""
    condition = conditions.locked(condition, seen_version=seen_version)
    first = asked(condition)
    if first is None or first.by_id != by.pk:
        raise Refused(_("You have signed nothing here that could be taken back."))
    conditions.note_event(condition, WITHDRAWN, by=by)
    return conditions.save_step(condition)
