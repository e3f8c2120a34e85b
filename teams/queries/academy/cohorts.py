"""The list of cohorts and the waiting list."""

from django.db.models import (
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
)

from ipd.kernel import keyset
from ipd.kernel.days import today
from teams.calculations.academy.exits import DONE
from teams.calculations.academy.pace import DAYS
from teams.models import Cohort, ElementResult, Enrolment, PathElement
from teams.models.academy.enrolments import EnrolmentState

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

    def counted(*states):
        return Count("enrolments", filter=Q(enrolments__state__in=states))

    rows = Cohort.objects.select_related("path", "lottery").annotate(
        held=counted(WAITING, ACTIVE, CERTIFIED),
        active=counted(ACTIVE),
        certified=counted(CERTIFIED),
    )
    found = keyset.part(rows, ("-starts_on", "-pk"), after=after, size=PAGE)
    late = behind(Enrolment.objects.filter(cohort__in=[row.pk for row in found.rows]))
    counts = dict(late.order_by().values_list("cohort").annotate(Count("pk")))
    for row in found.rows:
        row.behind = counts.get(row.pk, 0)
        row.free = max(0, row.places - row.held)
        row.is_over = row.ends_on < today()
    return found


def waiting(after: str = "") -> keyset.Slice:
    """Who waits for a path without a place, by how long they have waited."""
    rows = Enrolment.objects.filter(state=WAITING, cohort=None)
    rows = rows.select_related("person__function", "person__site", "path")
    return keyset.part(rows, ("enrolled_on", "pk"), after=after, size=PAGE)


def waiting_for(cohort: Cohort) -> int:
    """How many would be drawn from now."""
    rows = Enrolment.objects.filter(state=WAITING, cohort=None, path__code=cohort.path.code)
    return rows.count()


def with_places() -> list[Cohort]:
    """Cohorts that are not over and have places to give, the first to start on top; `free` is
    how many."""
    held = Count("enrolments", filter=Q(enrolments__state__in=[WAITING, ACTIVE, CERTIFIED]))
    rows = Cohort.objects.filter(ends_on__gte=today()).select_related("lottery")
    rows = rows.annotate(free=F("places") - held).filter(free__gt=0)
    return list(rows.order_by("starts_on", "code")[:PAGE])


def waiting_in_all() -> dict:
    """How many wait, and since when the first of them does."""
    rows = Enrolment.objects.filter(state=WAITING, cohort=None)
    return rows.aggregate(n=Count("pk"), since=Min("enrolled_on"))
