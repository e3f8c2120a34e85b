"""A learner's weeks with a host: planned within their time, agreed, left, rated by the host."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.actions.academy import progress, rubrics
from teams.actions.academy.assignments import check_on_path
from teams.actions.academy.rubrics import Levels
from teams.calculations.academy.rotations import is_long_enough
from teams.calculations.academy.rubrics import verdict
from teams.models import Enrolment, PathElement, Person, Rotation, RotationRating, Seat
from teams.models.academy.enrolments import ResultState
from teams.models.academy.paths import ElementKind
from teams.models.academy.rotations import UNDECIDED, RotationKind, RotationState, is_rotation
from teams.queries.academy import rotations


def _check(enrolment: Enrolment, facts: dict, covered: list[Seat], by: Person, but=None) -> dict:
    """The row's fields, if the plan holds; the learner is locked against planning beside it."""
    learner = Person.objects.select_for_update(no_key=True, of=("self",)).get(
        pk=enrolment.person_id
    )
    if facts["host"].pk == learner.pk:
        raise Refused(_("Nobody is their own host."))
    if facts["kind"] == RotationKind.FUNCTION and facts["host_function"].pk == learner.function_id:
        raise Refused(_("A rotation leads out of the own function."))
    first, last, percent = facts["first"], facts["last"], facts["allocation_percent"]
    if last < first or not is_long_enough(facts["kind"], first, last, percent):
        raise Refused(rotations.TOO_SHORT)
    if any(seat.person_id != learner.pk or seat.deputy_id is None for seat in covered):
        raise Refused(_("A deputy can take over a seat of the learner's that has one."))
    period = rotations.period_of(first, last)
    found = rotations.conflict_of(
        learner, period, percent, covered=[seat.pk for seat in covered], but=but
    )
    if found is not None:
        raise Refused(rotations.told(found, reader=by))
    names = ("kind", "host_function", "host_site", "host_team", "host", "goal")
    values = {name: facts[name] for name in names}
    return values | {
        "period": period,
        "allocation_percent": percent,
        "from_function_id": learner.function_id,
        "from_site_id": learner.site_id,
    }


@transaction.atomic
def plan(
    enrolment: Enrolment,
    element: PathElement,
    *,
    by: Person,
    covered: Iterable[Seat] = (),
    **facts,
) -> Rotation:
    """Propose a rotation to a host.

    facts    kind, host, host_function, host_site, host_team, goal, first, last,
             allocation_percent
    covered  seats of the learner whose deputies stand in

    Raises Refused when seats, other rotations and this one take more than full time on any day
    (with the list), when it is too short to count, inside the own function, or open already.
    """
    enrolment = Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment.pk)
    check_on_path(enrolment, element, ElementKind.ASSIGNMENT)
    if not is_rotation(element):
        raise Refused(_("This assignment is not done with a host."))
    before = Rotation.objects.filter(enrolment=enrolment, element=element)
    if before.filter(state__in=[*UNDECIDED, RotationState.PASSED]).exists():
        raise Refused(_("A rotation is planned or passed already."))
    covered = list(covered)
    row = Rotation.objects.create(
        enrolment=enrolment, element=element, **_check(enrolment, facts, covered, by)
    )
    row.covered.set(covered)
    progress.report(enrolment, element, state=ResultState.STARTED)
    _ask_host(row)
    if enrolment.manager_id:
        _tell(
            row,
            [enrolment.manager],
            "planned",
            _("%(who)s plans a rotation: %(what)s.")
            % {"who": enrolment.person, "what": element.title},
            _("You are the manager."),
        )
    return row


def _tell(row: Rotation, people, news: str, text: str, why: str, **more) -> None:
    tell(
        people,
        news=f"rotation:{row.pk}:{row.version}:{news}",
        text=text,
        link=row.get_absolute_url(),
        why=why,
        **more,
    )


def _ask_host(row: Rotation) -> None:
    said = _("%(who)s would like to spend some weeks with you; please say whether you host them.")
    text = said % {"who": row.enrolment.person}
    _tell(row, [row.host], "host", text, _("You were named as the host."), needs_action=True)


def _locked(row: Rotation, seen_version: int, *states: RotationState) -> Rotation:
    row = (
        Rotation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("enrolment__person", "enrolment__manager", "element__rubric", "host")
        .get(pk=row.pk)
    )
    if row.version != seen_version:
        raise Stale(_("The rotation has moved on meanwhile."))
    if row.state not in states:
        raise Refused(
            _("That is not possible now: %(state)s.") % {"state": row.get_state_display()}
        )
    return row


def _moved(row: Rotation, *fields: str) -> Rotation:
    row.version += 1
    row.save(update_fields=["version", *fields])
    return row


@transaction.atomic
def change(
    row: Rotation, *, by: Person, seen_version: int, covered: Iterable[Seat] = (), **facts
) -> Rotation:
    """Plan it differently; a host who had agreed is asked again. Raises as `plan` does."""
    row = _locked(row, seen_version, RotationState.PLANNED, RotationState.AGREED)
    covered = list(covered)
    values = _check(row.enrolment, facts, covered, by, but=row)
    for name, value in values.items():
        setattr(row, name, value)
    row.state = RotationState.PLANNED
    row.covered.set(covered)
    _moved(row, "state", *(name.removesuffix("_id") for name in values))
    _ask_host(row)
    return row


@transaction.atomic
def agree(row: Rotation, *, seen_version: int) -> Rotation:
    """The host takes the learner; deputies of covered seats are told when they stand in."""
    row = _locked(row, seen_version, RotationState.PLANNED)
    row.state = RotationState.AGREED
    _moved(row, "state")
    _tell(
        row,
        [row.enrolment.person],
        "agreed",
        _("%(who)s hosts you from %(first)s.")
        % {"who": row.host, "first": row.period.lower.isoformat()},
        _("You are on a learning path."),
    )
    for seat in row.covered.select_related("deputy", "team", "role"):
        tell(
            [seat.deputy],
            news=f"rotation:{row.pk}:{row.version}:deputy:{seat.pk}",
            text=_("You stand in for %(who)s from %(first)s: %(role)s, %(team)s.")
            % {
                "who": row.enrolment.person,
                "first": row.period.lower.isoformat(),
                "role": seat.role.name,
                "team": seat.team.name,
            },
            link=seat.team.get_absolute_url(),
            why=_("You are the deputy of the seat."),
        )
    return row


@transaction.atomic
def cancel(row: Rotation, *, reason: str, by: Person, seen_version: int) -> Rotation:
    """Call it off, or decline to host it, with a reason; a new one can be planned."""
    row = _locked(row, seen_version, RotationState.PLANNED, RotationState.AGREED)
    row.state, row.remark, row.decided_on = RotationState.CANCELLED, reason.strip(), today()
    _moved(row, "state", "remark", "decided_on")
    others = [one for one in (row.host, row.enrolment.person) if one.pk != by.pk]
    text = _("The rotation of %(who)s is called off by %(by)s.")
    _tell(
        row, others, "cancelled", text % {"who": row.enrolment.person, "by": by}, _("It is yours.")
    )
    return row


@transaction.atomic
def leave(row: Rotation, *, by_product: str, seen_version: int) -> Rotation:
    """The weeks are over: say what stays behind, and ask the host for feedback.

    Raises Refused before its last day.
    """
    row = _locked(row, seen_version, RotationState.AGREED)
    if today() < row.last_day:
        raise Refused(_("It lasts until %(day)s.") % {"day": row.last_day.isoformat()})
    row.state, row.by_product = RotationState.LEFT, by_product.strip()
    _moved(row, "state", "by_product")
    progress.report(row.enrolment, row.element, state=ResultState.SUBMITTED)
    text = _("%(who)s has finished the weeks with you: please rate them.")
    _tell(
        row,
        [row.host],
        "left",
        text % {"who": row.enrolment.person},
        _("You are the host."),
        needs_action=True,
    )
    return row


@transaction.atomic
def rate(
    row: Rotation,
    *,
    levels: Levels,
    accepted: bool,
    remark: str,
    seen_version: int,
) -> Rotation:
    """The host's feedback, for good: a level and a reason for each criterion, and whether what
    stays behind is accepted. Without that, or below the element's level, it is "not yet"."""
    row = _locked(row, seen_version, RotationState.LEFT)
    rubrics.keep(RotationRating, row.element, levels, rotation=row)
    given = {one.pk: level for one, (level, _why) in levels.items()}
    found = verdict([given], row.element.pass_level or 1)
    passed = found.passed and accepted
    row.state = RotationState.PASSED if passed else RotationState.NOT_YET
    row.remark, row.decided_on = remark.strip(), today()
    _moved(row, "state", "remark", "decided_on")
    progress.report(
        row.enrolment,
        row.element,
        state=ResultState.DONE if passed else ResultState.FAILED,
        level=found.least,
        assessors=1,
        agreed=["host"] if accepted else [],
    )
    text = _("Your host has given feedback: %(result)s.") % {"result": row.get_state_display()}
    why = _("You are on a learning path.")
    _tell(row, [row.enrolment.person], "rated", text, why)
    return row
