"""The catalogue of KPIs: its list, and one card with its measures, targets, weights and readers."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from ipd.kernel import keyset
from ipd.kernel.measures import MEASURES, Measure, Unit
from ipd.kernel.search import words_of
from teams.calculations.formulas import FormulaError, parse
from teams.models import Kpi, KpiReading, KpiTarget, Person
from teams.models.readings import ReadingStatus
from teams.queries import figures, targets
from teams.queries.targets import EVERY_PHASE
from teams.subjects import subjects

PAGE = 60
KEYS = ("order", "code")
ALL, RETIRED = "all", "retired"


def found(*, text="", dimension="", phase="", how="", state="active", day: date) -> QuerySet[Kpi]:
    """The KPIs of a filter; `phase` asks for those that are due there on the day."""
    rows = Kpi.objects.all()
    if state != ALL:
        rows = rows.filter(is_active=state != RETIRED)
    if dimension:
        rows = rows.filter(dimension=dimension)
    if how:
        rows = rows.computed() if how == "computed" else rows.filter(expression="")
    if phase:
        rows = rows.filter(Q(pk__in=_due(phase, day)))
    for word in words_of(text):
        rows = rows.filter(
            Q(code__icontains=word)
            | Q(name__icontains=word)
            | Q(formula__icontains=word)
            | Q(expression__icontains=word)
        )
    return rows


def _due(phase: str, day: date) -> QuerySet:
    """Ids of the KPIs with a target in the phase: the phase's own counts before the general one."""
    newest = (
        KpiTarget.objects.filter(
            kpi=OuterRef("pk"), phase__in=[phase, EVERY_PHASE], valid_from__lte=day
        )
        .order_by("-phase", "-valid_from")
        .values("is_due")[:1]
    )
    return (
        Kpi.objects.filter(valid_from__lte=day)
        .alias(due=Subquery(newest))
        .filter(due=True)
        .values("pk")
    )


@dataclass(frozen=True)
class Row:
    """A KPI in the list; `phases` are names of those in which it is due."""

    kpi: Kpi
    phases: list[str]
    begins: date | None


def page(rows: QuerySet[Kpi], *, day: date, after: str) -> tuple[list[Row], str]:
    """Sixty cards with the phases they are due in, and where the next page begins."""
    part = keyset.part(rows.select_related("owner"), KEYS, after=after, size=PAGE)
    aims, phases = targets.on(day), subjects().phases()
    return [
        Row(
            kpi,
            [name for code, name in phases if aims.is_due(kpi, code)],
            kpi.valid_from if kpi.valid_from > day else None,
        )
        for kpi in part.rows
    ], part.after


def measures_of(kpi: Kpi) -> list[tuple[str, Measure | None]]:
    """The measures a card names, in the order in which it names them."""
    if not kpi.is_computed:
        return []
    try:
        names = parse(kpi.expression).names
    except FormulaError:
        return []
    return [(name, MEASURES.get(name)) for name in names]


@dataclass(frozen=True)
class Aim:
    """A target of the card in words; `state` is whether it is in force, was, or will be."""

    target: KpiTarget
    figures: tuple[str, ...]
    state: str


@dataclass(frozen=True)
class Phase:
    """What a card says of one phase: its targets, the latest first, and what the KPI weighs."""

    code: str
    name: str
    aims: list[Aim]
    weight: str


def phases_of(kpi: Kpi, *, day: date, granted: bool) -> list[Phase]:
    """A card's targets by phase over time, and its part of the weight of its dimension there."""
    by_phase: dict[str, list[KpiTarget]] = {}
    for target in kpi.targets.order_by("-valid_from"):
        by_phase.setdefault(target.phase, []).append(target)
    aims, sharing = targets.on(day), _sharing(kpi)
    known = [(EVERY_PHASE, _("Every other phase")), *subjects().phases()]
    names = dict(known) | {code: code for code in by_phase if code not in dict(known)}
    return [
        Phase(
            code,
            name,
            _aims(kpi, by_phase.get(code, []), day, granted),
            _weight(kpi, code, aims, sharing),
        )
        for code, name in names.items()
        if code in by_phase
    ]


def _aims(kpi: Kpi, rows: list[KpiTarget], day: date, granted: bool) -> list[Aim]:
    made, state = [], "past"
    current = next((row for row in rows if row.valid_from <= day), None)
    for row in rows:
        state = "future" if row.valid_from > day else "now" if row is current else "past"
        parts = (row.floor, row.target, row.stretch)
        shown = tuple(figures.shown(kpi, part, granted=granted) for part in parts)
        made.append(Aim(row, shown, state))
    return made


def _sharing(kpi: Kpi) -> list[Kpi]:
    """Those among which the weight of its dimension is shared."""
    if not kpi.dimension or not kpi.is_active:
        return []
    return list(Kpi.objects.active().filter(dimension=kpi.dimension))


def _weight(kpi: Kpi, phase: str, aims: targets.Targets, sharing: list[Kpi]) -> str:
    if not sharing or not phase or not aims.is_due(kpi, phase):
        return ""
    due = sum(aims.is_due(one, phase) for one in sharing)
    return f"{aims.weight(phase, kpi.dimension) / due:.3g} %" if due else ""


def last_read(kpi: Kpi, person: Person) -> tuple[date | None, dict[str, int]]:
    """The newest month with readings of teams the person may see, and how many by status."""
    rows = KpiReading.objects.filter(kpi=kpi, team__in=subjects().visible_to(person))
    newest = rows.order_by("-month").values("month")[:1]
    counted = (
        rows.current()
        .filter(month=Subquery(newest))
        .order_by()
        .values_list("month", "status")
        .annotate(n=Count("pk"))
    )
    words, found_month, counts = dict(ReadingStatus.choices), None, {}
    for month, status, n in counted:
        found_month = month
        counts[str(words[status])] = n
    return found_month, counts


def uses() -> dict[str, list[Kpi]]:
    """By measure the KPIs in use that name it."""
    found: dict[str, list[Kpi]] = {}
    for kpi in Kpi.objects.active().computed():
        for name, _measure in measures_of(kpi):
            found.setdefault(name, []).append(kpi)
    return found


def sees_amounts(kpi: Kpi, person: Person) -> bool:
    """Whether a target in money is shown: to those who may see the money of some team."""
    return kpi.unit != Unit.MONEY or subjects().granted(person).exists()
