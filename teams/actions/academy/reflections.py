"""A reflection: written, finished, shared by name, and said to be complete; never rated.

What is written here goes nowhere else: no notice, mail or ledger entry says a word of it.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.actions.academy import progress
from teams.models import Content, Person, Reflection, ReflectionShare
from teams.models.academy.enrolments import ResultState
from teams.models.academy.reflections import ReflectionState, ShareAnswer, ShareRole
from teams.permissions.reflections import ACCEPTS, enrolments_beside
from teams.queries.academy import reflections


@transaction.atomic
def start(content: Content, *, by: Person) -> Reflection:
    """Begin to write on a story; somebody who began already goes on where they were."""
    row, made = Reflection.objects.get_or_create(
        person=by,
        code=content.code,
        defaults={"content": content, "started_on": today(), "answers": []},
    )
    if made:
        for enrolment, element in reflections.elements_of(by, row.code):
            progress.report(enrolment, element, ref=row.code, state=ResultState.STARTED)
    return row


def _locked(row: Reflection, seen_version: int | None = None) -> Reflection:
    row = (
        Reflection.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person", "content")
        .get(pk=row.pk)
    )
    if seen_version is not None and row.version != seen_version:
        raise Stale(_("It has moved on meanwhile."))
    return row


def _moved(row: Reflection) -> Reflection:
    row.version += 1
    row.save(update_fields=["answers", "state", "finished_on", "version"])
    return row


@transaction.atomic
def write(row: Reflection, *, answers: list[str], seen_version: int) -> Reflection:
    """Keep what is written so far. Raises Refused while it is finished."""
    row = _locked(row, seen_version)
    if row.is_finished:
        raise Refused(_("It is finished; open it again to change it."))
    row.answers = answers
    return _moved(row)


@transaction.atomic
def finish(row: Reflection, *, seen_version: int) -> Reflection:
    """Say that it is done; those it is shared with may read it from now on.

    Where the path asks nobody to accept it, that is all. Raises Refused while a prompt has no
    answer.
    """
    row = _locked(row, seen_version)
    if row.is_finished:
        raise Refused(_("It is finished already."))
    if not all(answer.strip() for _prompt, answer in reflections.read_by(row)):
        raise Refused(_("Every prompt needs an answer, however short."))
    row.state, row.finished_on = ReflectionState.FINISHED, today()
    _moved(row)
    _report(row)
    row.shares.filter(answer=ShareAnswer.RETURNED).update(answer="", answered_on=None, remark="")
    for share in row.shares.filter(answer="").select_related("person"):
        _ask(row, share)
    return row


@transaction.atomic
def reopen(row: Reflection, *, seen_version: int) -> Reflection:
    """Write on; nobody else reads it until it is finished again."""
    row = _locked(row, seen_version)
    if not row.is_finished:
        raise Refused(_("It is open already."))
    return _opened(row)


@transaction.atomic
def share(row: Reflection, *, person: Person, role: ShareRole) -> ReflectionShare:
    """Let one person read it, in a role that they have for its writer.

    Raises Refused for anybody else.
    """
    row = _locked(row)
    if not enrolments_beside(person, row.person, role).exists():
        raise Refused(
            _("%(person)s is neither your mentor, host nor assessor.") % {"person": person}
        )
    found, made = ReflectionShare.objects.get_or_create(reflection=row, person=person, role=role)
    if made and row.is_finished:
        _ask(row, found)
        _report(row)
    return found


def _report(row: Reflection) -> None:
    """Tell the writer's paths of what is finished: done where nobody is to accept it, handed in
    once all who are may read it, else still with its writer."""
    shared = set(row.shares.values_list("role", flat=True))
    for enrolment, element in reflections.elements_of(row.person, row.code):
        asked = reflections.acceptors(element)
        handed_in = ResultState.SUBMITTED if asked <= shared else ResultState.STARTED
        progress.take_back(enrolment, element)
        state = handed_in if asked else ResultState.DONE
        progress.report(enrolment, element, ref=row.code, state=state)


def _ask(row: Reflection, found: ReflectionShare) -> None:
    tell(
        [found.person],
        news=f"reflection:{found.pk}:{row.version}",
        text=_("%(who)s has shared a reflection with you.") % {"who": row.person},
        link=row.get_absolute_url(),
        why=_("It was shared with you by name."),
        needs_action=found.role in ACCEPTS,
    )


@transaction.atomic
def withdraw(found: ReflectionShare) -> None:
    """Take the right to read it back, whatever was said of it."""
    row = _locked(found.reflection)
    ReflectionShare.objects.filter(pk=found.pk).delete()
    if row.is_finished:
        _report(row)


def _to_answer(found: ReflectionShare) -> tuple[Reflection, ReflectionShare]:
    row = _locked(found.reflection)
    fresh = row.shares.select_related("person").filter(pk=found.pk).first()
    if fresh is None or not row.is_finished:
        raise Refused(_("It is not shared with you now."))
    if fresh.role not in ACCEPTS:
        raise Refused(_("Assessors read it; mentor and host say whether it is complete."))
    if fresh.answer:
        raise Refused(_("You have said it already."))
    return row, fresh


@transaction.atomic
def accept(found: ReflectionShare) -> ReflectionShare:
    """Say that it is complete and has a real example; of opinions nothing is said.

    Raises Refused for somebody who is not mentor or host of the writer any more.
    """
    row, fresh = _to_answer(found)
    beside = enrolments_beside(fresh.person, row.person, fresh.role)
    paths = set(beside.values_list("pk", flat=True))
    if not paths:
        raise Refused(_("You are not beside the writer any more."))
    _answer(row, fresh, ShareAnswer.ACCEPTED, "")
    accepted = set(row.shares.filter(answer=ShareAnswer.ACCEPTED).values_list("role", flat=True))
    for enrolment, element in reflections.elements_of(row.person, row.code):
        asked = reflections.acceptors(element)
        if enrolment.pk not in paths or fresh.role not in asked:
            continue
        progress.report(enrolment, element, state=ResultState.STARTED, agreed=[fresh.role])
        if asked <= accepted:
            progress.report(enrolment, element, ref=row.code, state=ResultState.DONE)
    return fresh


@transaction.atomic
def give_back(found: ReflectionShare, *, remark: str) -> ReflectionShare:
    """Say what is missing; it opens again for its writer, who reads why."""
    row, fresh = _to_answer(found)
    _answer(row, fresh, ShareAnswer.RETURNED, remark)
    _opened(row)
    return fresh


def _opened(row: Reflection) -> Reflection:
    """A draft again, also on the paths that ask for it."""
    row.state, row.finished_on = ReflectionState.DRAFT, None
    for enrolment, element in reflections.elements_of(row.person, row.code):
        progress.take_back(enrolment, element)
    return _moved(row)


def _answer(row: Reflection, fresh: ReflectionShare, answer: ShareAnswer, remark: str) -> None:
    fresh.answer, fresh.remark, fresh.answered_on = answer, remark.strip(), today()
    fresh.save(update_fields=["answer", "remark", "answered_on"])
    tell(
        [row.person],
        news=f"reflection:{fresh.pk}:{row.version}:{answer}",
        text=_("%(who)s has read your reflection: %(answer)s.")
        % {"who": fresh.person, "answer": fresh.get_answer_display()},
        link=row.get_absolute_url(),
        why=_("You shared it."),
    )
