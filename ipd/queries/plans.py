"""A plan as its page shows it: what the address asks for, the whole in figures, and one stretch
of rows at a time, so that five thousand activities open as fast as fifty.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, JSONArray, JSONObject

from ipd.calculations import gantt
from ipd.kernel.days import today
from ipd.models import (
    Activity,
    Baseline,
    BaselineRow,
    Plan,
    Product,
    Simulation,
    SimulationActivity,
)
from ipd.models.plans import ActivityKind
from ipd.queries import plan_ties, simulations
from ipd.queries.simulations import LatestSimulation
from teams.models import Function, Person

CHUNK = 80
LARGEST = 2**31 - 1  # of a row's place


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; everything has a value that asks for nothing."""

    scale: str = ""
    table: str = "dates"
    baseline: str = "current"
    function: str = ""
    owner: str = ""
    show: str = ""
    levels: int = 0
    q: str = ""
    closed: tuple[int, ...] = ()

    @property
    def is_filtered(self) -> bool:
        """Rows that lie between others are left out, not only levels or closed branches."""
        return bool(self.function or self.owner or self.show or self.q)


@dataclass(frozen=True)
class Outline:
    """The whole plan in figures, and the rows that match; `work` leaves summaries out."""

    total: int
    work: int
    critical: int
    late: int
    matching: int
    axis: gantt.Scale

    @property
    def chunks(self) -> int:
        return -(-self.matching // CHUNK)


NONE = {"total": 0, "work": 0, "critical": 0, "late": 0}


def with_figures(products: QuerySet[Product]) -> QuerySet[Product]:
    """Products with `figures` of their plan's activities, in the same query."""
    leaves = ~Q(kind=ActivityKind.SUMMARY)
    counted = (
        Activity.objects.filter(plan=OuterRef("plan"))
        .order_by()
        .values("plan")
        .annotate(
            figures=JSONObject(
                total=Count("pk"),
                work=Count("pk", filter=leaves),
                critical=Count("pk", filter=leaves & Q(is_critical=True)),
                late=Count("pk", filter=late(today())),
            )
        )
    )
    return products.annotate(figures=Subquery(counted.values("figures")))


def with_branches(products: QuerySet[Product], wanted: Wanted) -> QuerySet[Product]:
    """Products with the `branches` that are closed, from where to where they reach by place."""
    if not wanted.closed:
        return products
    closed = Activity.objects.filter(plan=OuterRef("plan"), pk__in=wanted.closed)
    after = Activity.objects.filter(
        plan=OuterRef("plan"), order__gt=OuterRef("order"), depth__lte=OuterRef("depth")
    )
    end = Subquery(after.order_by("order").values("order")[:1])
    return products.annotate(branches=ArraySubquery(closed.values_list(JSONArray("order", end))))


def find(person: Person) -> QuerySet[Product]:
    """Visible products with their plan (perhaps none), its calendar, baselines and simulation.

    `simulation_pk` is the newest one of the plan as it stands: a simulation of an older version
    says nothing of today's bars.
    """
    kept = Baseline.objects.filter(plan=OuterRef("plan"))
    simulated = Simulation.objects.of_plans().filter(plan=OuterRef("plan")).order_by("-pk")
    current = simulated.filter(plan_version=OuterRef("plan__version"))
    begun = Activity.objects.filter(plan=OuterRef("plan"), start_at__isnull=False)
    return (
        Product.objects.visible_to(person)
        .select_related("line", "plan__calendar")
        .annotate(
            simulation_pk=Subquery(current.values("pk")[:1]),
            first_start=Subquery(begun.order_by("start_at").values("start_at")[:1]),
            simulated_finish=Subquery(current.values("p80_on")[:1]),
            baseline_original=Subquery(kept.order_by("number").values("pk")[:1]),
            baseline_current=Subquery(kept.order_by("-number").values("pk")[:1]),
            baseline_finish=Subquery(kept.order_by("-finish_at").values("finish_at")[:1]),
        )
    )


def plan_of(product: Product) -> Plan | None:
    """The product's plan, which knows its product without asking again."""
    plan = getattr(product, "plan", None)
    if plan is not None:
        plan.product = product
    return plan


def baseline_of(product: Product, wanted: Wanted) -> int | None:
    """The number in the database of the baseline that is drawn under the bars."""
    named = {"original": "baseline_original", "current": "baseline_current"}
    return getattr(product, named[wanted.baseline]) if wanted.baseline in named else None


def late(day: date) -> Q:
    """Should have begun or ended by now, or misses its deadline."""
    now = datetime.combine(day, time.min, UTC)
    undone = Q(actual_finish_at=None, percent__lt=100)
    behind = Q(finish_at__lt=now) | Q(start_at__lt=now, percent=0, actual_start_at=None)
    return undone & ~Q(kind=ActivityKind.SUMMARY) & (behind | Q(finish_at__gt=F("deadline_at")))


def matching(wanted: Wanted) -> Q:
    """The condition of the address's filters."""
    found = Q()
    if wanted.function:
        found &= Q(function__code=wanted.function)
    if wanted.owner:
        found &= Q(owner=None) if wanted.owner == "none" else Q(owner__code=wanted.owner)
    if wanted.show == "critical":
        found &= Q(is_critical=True) & ~Q(kind=ActivityKind.SUMMARY)
    elif wanted.show == "late":
        found &= late(today())
    elif wanted.show == "milestones":
        found &= Q(kind__in=[ActivityKind.MILESTONE, ActivityKind.GATE])
    if wanted.levels:
        found &= Q(depth__lt=wanted.levels)
    for word in wanted.q.split()[:6]:
        found &= Q(name__icontains=word) | Q(code__istartswith=word) | Q(wbs__startswith=word)
    return found


def rows_of(plan: Plan, wanted: Wanted) -> QuerySet[Activity]:
    """The plan's activities that match, in its order; what lies in a closed branch is left out.

    Where branches are closed, the plan's product came with them (`with_branches`).
    """
    found = plan.activities.filter(matching(wanted)).order_by("order")
    for first, end in plan.product.branches if wanted.closed else ():
        found = found.exclude(Q(order__gt=first) & (Q(order__lt=end) if end is not None else Q()))
    return found


def outline(product: Product, plan: Plan, wanted: Wanted) -> Outline:
    """The figures of the whole plan, which came with the product, and how many rows match."""
    figures = product.figures or {}
    matching = figures.get("total", 0)
    if wanted.is_filtered or wanted.levels or wanted.closed:
        matching = rows_of(plan, wanted).count()
    return Outline(matching=matching, axis=axis(product, plan, wanted), **{**NONE, **figures})


def axis(product: Product, plan: Plan, wanted: Wanted) -> gantt.Scale:
    """From the first start to the last finish, of today's plan, of a baseline or of P80.

    Read with the product, so that a stretch of rows needs no query for it.
    """
    first = min(plan.starts_at, product.first_start or plan.starts_at).date()
    ends = [plan.starts_at, plan.finishes_at, product.baseline_finish]
    last = max(end for end in ends if end is not None).date()
    last = max(last, product.simulated_finish or last)
    name = wanted.scale if wanted.scale in gantt.SCALES else gantt.fitting(first, last)
    return gantt.scale(first, last, name)


def chunk(
    product: Product, plan: Plan, wanted: Wanted, first: int, count: int = CHUNK
) -> list[Activity]:
    """`count` rows from the `first` on: is it late, and its dates in baseline and simulation.

    The first of them brings the links of all, so that a stretch is one query.
    """
    is_late = ExpressionWrapper(late(today()), output_field=BooleanField())
    # Chosen first, so that nothing is looked up for the rows before.
    matching_rows = rows_of(plan, wanted)
    chosen = matching_rows.values("pk")[first : first + count]
    found = Activity.objects.filter(pk__in=chosen).order_by("order").annotate(is_late=is_late)
    places = matching_rows.values("order")
    lowest = Subquery(places[first : first + 1])
    highest = Coalesce(Subquery(places[first + count - 1 : first + count]), LARGEST)
    found = found.annotate(
        ties=Case(When(order=lowest, then=plan_ties.between(plan, lowest, highest)))
    )
    found = found.select_related("owner", "function", *(["parent"] if wanted.is_filtered else []))
    if kept := baseline_of(product, wanted):
        row = BaselineRow.objects.filter(baseline=kept, code=OuterRef("code"))
        found = found.annotate(
            base_start=Subquery(row.values("start_at")[:1]),
            base_finish=Subquery(row.values("finish_at")[:1]),
        )
    if product.simulation_pk:
        row = SimulationActivity.objects.filter(
            simulation=product.simulation_pk, code=OuterRef("code")
        )
        found = found.annotate(
            p50_start=Subquery(row.values("p50_start_on")[:1]),
            p50=Subquery(row.values("p50_finish_on")[:1]),
            p80=Subquery(row.values("p80_finish_on")[:1]),
            criticality=Subquery(row.values("criticality")[:1]),
        )
    return list(found)


def place_of(plan: Plan, wanted: Wanted, activity_pk: int) -> int:
    """The stretch of rows in which an activity lies, 0 when it is not among them."""
    found = rows_of(plan, wanted)
    order = plan.activities.filter(pk=activity_pk).values("order")[:1]
    return found.filter(order__lt=Subquery(order)).count() // CHUNK


def choices(plan: Plan) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The functions and the owners that the plan's activities have."""
    people = Person.objects.filter(pk__in=plan.activities.order_by().values("owner"))
    functions = Function.objects.filter(pk__in=plan.activities.order_by().values("function"))
    return (
        list(functions.order_by("code").values_list("code", "name")),
        list(people.order_by("name", "code").values_list("code", "name")),
    )


def simulation(product: Product) -> LatestSimulation | None:
    """The newest simulation, also one of an older version of the plan, without its activities."""
    return simulations.latest([product.pk], with_activities=False).get(product.pk)
