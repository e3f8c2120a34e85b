"""The list of cohorts and the waiting list."""

from collections.abc import Iterable

from django.db.models import (
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    Min,
    OuterRef,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ipd.kernel import keyset
from ipd.kernel.days import today
from ipd.kernel.lists import how_many
from teams.calculations.academy.exits import DONE
from teams.calculations.academy.pace import DAYS
from teams.models import Cohort, ElementResult, Enrolment, LearningPath, PathElement, Person
from teams.models.academy.enrolments import HELD, EnrolmentState
from teams.permissions.academy import rights_to_run
from teams.queries.academy.waiting import NO_DAY, NOTHING, waits

PAGE = 50
ACTIVE, WAITING = EnrolmentState.ACTIVE, EnrolmentState.WAITING
CERTIFIED = EnrolmentState.CERTIFIED


class DaysSince(Func):
    """Whole days from a date column to a given day."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = IntegerField()

    def __init__(self, day, column):
        super().__init__(Value(day), F(column))


def behind(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Those on a path who are behind plan, by the rule that `pace` says."""
    done = ElementResult.objects.filter(
        enrolment=OuterRef(OuterRef("pk")), element=OuterRef("pk"), ref="", state=DONE
    )
    over = PathElement.objects.filter(
        stage__path=OuterRef("path"), is_required=True, to_week__lte=OuterRef("weeks_over")
    )
    rows = rows.filter(state=ACTIVE).alias(weeks_over=DaysSince(today(), "started_on") / DAYS)
    return rows.filter(Exists(over.exclude(Exists(done))))


def page(after: str = "") -> keyset.Slice:
    """Cohorts, the newest first, with how many wait, walk, are certified and are behind plan."""

    rows = Cohort.objects.select_related("path", "lottery").annotate(
        held=_counted(HELD), active=_counted([ACTIVE]), certified=_counted([CERTIFIED])
    )
    found = keyset.part(rows, ("-starts_on", "-pk"), after=after, size=PAGE)
    late = behind(Enrolment.objects.filter(cohort__in=[row.pk for row in found.rows]))
    counts = dict(late.order_by().values_list("cohort").annotate(Count("pk")))
    for row in found.rows:
        row.behind = counts.get(row.pk, 0)
        row.free = max(0, row.places - row.held)
        row.is_over = row.ends_on < today()
    return found


def _counted(states: Iterable[str]) -> Coalesce:
    """How many enrolments of a cohort are in one of these states."""
    return how_many(Enrolment.objects.filter(cohort=OuterRef("pk"), state__in=states), "cohort")


def waiting(after: str = "") -> keyset.Slice:
    """Who waits for a path without a place, by how long they have waited."""
    rows = Enrolment.objects.filter(state=WAITING, cohort=None)
    rows = rows.select_related("person__function", "person__site", "path")
    return keyset.part(rows, ("enrolled_on", "pk"), after=after, size=PAGE)


def waiting_for(cohort: Cohort) -> int:
    """How many would be drawn from now."""
    return _waiting(cohort.path.code).count()


def with_places() -> list[Cohort]:
    """Cohorts that are not over and have places to give, the first to start on top; `free` is
    how many."""
    rows = _with_places(Cohort.objects.select_related("lottery"))
    return list(rows.order_by("starts_on", "code")[:PAGE])


def _with_places(rows: QuerySet[Cohort]) -> QuerySet[Cohort]:
    rows = rows.filter(ends_on__gte=today()).annotate(free=F("places") - _counted(HELD))
    return rows.filter(free__gt=0)


@waits(
    text=_("People wait, and cohort %(who)s has places: draw its lottery"),
    route="teams:cohort-waiting",
    plain=True,
)
def to_draw(person: Person) -> QuerySet:
    """Cohorts of a path that somebody waits for, for whoever runs the academy."""
    rows = Cohort.objects.filter(
        Exists(rights_to_run(person)), Exists(_waiting(OuterRef("path__code"))), lottery=None
    )
    return _with_places(rows).values_list("pk", "code", NOTHING, "starts_on")


@waits(
    text=_("People wait for a place, and no cohort has one: %(what)s"),
    route="teams:cohort-waiting",
    plain=True,
)
def without_cohort(person: Person) -> QuerySet:
    """Paths that somebody waits for in vain, for whoever runs the academy."""
    open_ones = _with_places(Cohort.objects.filter(path__code=OuterRef("code")))
    rows = LearningPath.objects.filter(Exists(rights_to_run(person)), is_current=True)
    rows = rows.filter(Exists(_waiting(OuterRef("code"))), ~Exists(open_ones))
    return rows.values_list("pk", NOTHING, "title", NO_DAY)


def _waiting(code) -> QuerySet[Enrolment]:
    """Who waits without a place for the path of this code, in whichever version."""
    return Enrolment.objects.filter(state=WAITING, cohort=None, path__code=code)


def waiting_in_all() -> dict:
    """How many wait, and since when the first of them does."""
    rows = Enrolment.objects.filter(state=WAITING, cohort=None)
    return rows.aggregate(n=Count("pk"), since=Min("enrolled_on"))
