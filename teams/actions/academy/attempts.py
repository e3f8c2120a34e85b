"""Attempts: begun when they may be, answered as long as one likes, handed in once."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from random import SystemRandom

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.days import today
from teams.actions.academy import item_statistics, progress
from teams.calculations.academy import draws
from teams.calculations.academy.answers import Answer, is_right, question_of
from teams.calculations.academy.draws import Drawable, TooFew
from teams.models import Attempt, Enrolment, ItemPool, ModuleItem, PathElement, PathTest, Person
from teams.models.academy.enrolments import EnrolmentState, ResultState
from teams.models.academy.paths import ElementKind
from teams.queries.academy import attempts as queries
from teams.queries.academy import sittings

CHANCE = SystemRandom()  # what is drawn cannot be foretold


@transaction.atomic
def start(pool: ItemPool, *, by: Person) -> Attempt:
    """Draw the items of a new attempt; an open one is simply gone on with.

    Refused to whoever has passed under this version of the pool, before the waiting time is
    over, and where the pool has too few items.
    """
    _one_at_a_time(by)
    earlier = queries.of_person(by, pool)
    standing = queries.standing_of(earlier, pool)
    if standing.open:
        return next(attempt for attempt in earlier if attempt.pk == standing.open)
    if standing.has_passed:
        raise Refused(_("You have passed this assessment."))
    if standing.has_to_wait:
        at = date_format(timezone.localtime(standing.next_at), "Y-m-d H:i")
        raise Refused(_("The next attempt is possible from %(at)s.") % {"at": at})
    last = earlier[0] if earlier else None
    drawn = _drawn(
        lambda: draws.for_assessment(
            _items([pool.module.code]),
            pool.cells,
            avoid={line["code"] for line in last.sheet} if last else set(),
            chance=CHANCE,
        )
    )
    return Attempt.objects.create(
        person=by,
        module_id=pool.module_id,
        number=last.number + 1 if last else 1,
        version=pool.version,
        cut_percent=pool.cut_percent,
        wait_hours=pool.wait_hours,
        **_sheet(drawn),
    )


@transaction.atomic
def sit(test: PathTest, element: PathElement, enrolment: Enrolment, *, by: Person) -> Attempt:
    """Draw the items of a path's test, which is sat once; an open one is gone on with.

    Items that the test to be avoided has shown to the learner are not met again.
    """
    _one_at_a_time(by)
    sat = Attempt.objects.filter(enrolment=enrolment, test=test).first()
    if sat is not None and sat.is_open:
        return sat
    if sat is not None:
        raise Refused(_("This test is sat once."))
    if enrolment.state != EnrolmentState.ACTIVE:
        raise Refused(_("A test is sat by whoever is on the path now."))
    opens = sittings.opens_on(enrolment, element)
    if today() < opens:
        raise Refused(_("This test is open from %(day)s.") % {"day": opens.isoformat()})
    shown = Attempt.objects.filter(
        person=by, test__path=test.path_id, test__code=test.avoid or None
    ).values_list("sheet", flat=True)
    drawn = _drawn(
        lambda: draws.for_test(
            _items(test.modules),
            modules=test.modules,
            difficulties=test.difficulties,
            draw_each=test.draw_each,
            avoid={line["code"] for sheet in shown for line in sheet},
            chance=CHANCE,
        )
    )
    return Attempt.objects.create(person=by, test=test, enrolment=enrolment, **_sheet(drawn))


@transaction.atomic
def keep(attempt: Attempt, answers: Mapping[int, Answer]) -> Attempt:
    """Keep what was answered up to now, by the number of the line."""
    attempt = _open(attempt)
    _answer(attempt, answers)
    attempt.save(update_fields=["sheet"])
    return attempt


@transaction.atomic
def submit(
    attempt: Attempt, answers: Mapping[int, Answer], *, may_be_incomplete: bool = False
) -> Attempt:
    """Hand in: from here on nothing of it changes, and what was right may be told.

    Refused where something is not answered, unless that is meant. Adds to what is known of the
    items, and reports the assessment, or the test, to the learner's path.
    """
    attempt = _open(attempt)
    _answer(attempt, answers)
    blank = [number for number, line in enumerate(attempt.sheet, 1) if line.get("answer") is None]
    if blank and not may_be_incomplete:
        raise Refused(_("Not answered yet: %(numbers)s.") % {"numbers": ", ".join(map(str, blank))})
    items = ModuleItem.objects.in_bulk(line["item"] for line in attempt.sheet)
    for line in attempt.sheet:
        item = items[line["item"]]
        line["right"] = is_right(question_of(item.kind, item.content), line.get("answer"))
    met = _met(attempt)
    attempt.right = sum(line["right"] for line in attempt.sheet)
    attempt.score = Decimal(100 * attempt.right / attempt.asked).quantize(Decimal("0.01"))
    if attempt.cut_percent is not None:
        attempt.passed = 100 * attempt.right >= attempt.cut_percent * attempt.asked
    attempt.submitted_at = timezone.now()
    attempt.save(update_fields=["sheet", "right", "score", "passed", "submitted_at"])
    item_statistics.add(attempt.sheet, met=met)
    _report(attempt)
    return attempt


def _one_at_a_time(person: Person) -> None:
    """Of two starts at one moment the second finds what the first has begun."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def _open(attempt: Attempt) -> Attempt:
    row = Attempt.objects.select_for_update(of=("self",), no_key=True)
    attempt = row.select_related("module", "enrolment", "test", "person").get(pk=attempt.pk)
    if not attempt.is_open:
        raise Refused(_("This attempt has been handed in."))
    return attempt


def _items(modules: Sequence[str]) -> list[Drawable]:
    rows = ModuleItem.objects.filter(module__code__in=modules, retired_at=None)
    values = rows.values_list("pk", "code", "module__code", "objective", "difficulty")
    return [Drawable(*row) for row in values.order_by("code")]


def _drawn(draw) -> list[Drawable]:
    try:
        return draw()
    except TooFew as cell:
        raise Refused(
            _("There are too few items about %(what)s. The module's owner has to add some.")
            % {"what": cell}
        ) from cell


def _sheet(drawn: Sequence[Drawable]) -> dict:
    items = ModuleItem.objects.in_bulk(item.pk for item in drawn)
    sheet = []
    for item in drawn:
        row = items[item.pk]
        count = len(question_of(row.kind, row.content).texts)
        sheet.append(
            {"item": item.pk, "code": item.code, "order": draws.shown_order(count, CHANCE)}
        )
    return {"sheet": sheet, "asked": len(sheet), "started_at": timezone.now()}


def _answer(attempt: Attempt, answers: Mapping[int, Answer]) -> None:
    for number, line in enumerate(attempt.sheet, 1):
        if number in answers:
            line["answer"] = answers[number]


def _met(attempt: Attempt) -> Collection[str]:
    """Items that this person has met before, in whatever attempt."""
    sheets = Attempt.objects.filter(
        person=attempt.person_id, submitted_at__isnull=False
    ).values_list("sheet", flat=True)
    return {line["code"] for sheet in sheets for line in sheet}


def _report(attempt: Attempt) -> None:
    if attempt.module_id:
        progress.report_part(
            attempt.person,
            ElementKind.ASSESSMENT,
            attempt.module.code,
            state=ResultState.DONE if attempt.passed else ResultState.FAILED,
            score=attempt.score,
        )
        return
    element = PathElement.objects.get(
        stage__path=attempt.enrolment.path_id, code=attempt.test.element
    )
    progress.report(attempt.enrolment, element, state=ResultState.DONE, score=attempt.score)
