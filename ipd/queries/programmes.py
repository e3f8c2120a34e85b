"""A replacement programme in figures: burn-down, by supplier and line, what is late."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db.models import Count, Prefetch, Q
from django.utils.translation import gettext as _

from ipd.calculations.supply import burn_down
from ipd.kernel.charts import Mark, Series, lines
from ipd.kernel.days import today
from ipd.kernel.money import money
from ipd.models import Product, Programme, ReplacementBoard, ReplacementItem, Source
from ipd.models.programmes import REPLACED
from ipd.queries.exposures import sight
from teams.models import Person


def listed(person: Person):
    """Programmes with counts over what the reader sees of each."""
    visible = Product.objects.visible_to(person)
    done = Q(items__status__in=REPLACED)
    seen = Q(items__product__in=visible)
    return Programme.objects.select_related("lead").annotate(
        parts=Count("items", filter=seen, distinct=True),
        replaced=Count("items", filter=seen & done, distinct=True),
        to_pass=Count("boards", filter=Q(boards__product__in=visible), distinct=True),
        passed=Count(
            "boards",
            filter=Q(boards__product__in=visible, boards__done_month__isnull=False),
            distinct=True,
        ),
    )


def items(person: Person, programme: Programme) -> list[ReplacementItem]:
    """The parts the reader sees, with part, product, owner and approved suppliers."""
    approved = Source.objects.filter(state="approved").select_related("supplier").order_by("-share")
    return list(
        ReplacementItem.objects.visible_to(person)
        .filter(programme=programme)
        .select_related("part", "product__line", "owner")
        .prefetch_related(
            Prefetch("part__sources", approved.order_by("-share"), to_attr="approved")
        )
        .order_by("planned_month", "pk")
    )


def boards(person: Person, programme: Programme) -> list[ReplacementBoard]:
    return list(
        ReplacementBoard.objects.visible_to(person)
        .filter(programme=programme)
        .select_related("board", "product__line")
        .order_by("planned_month", "pk")
    )


def months(programme: Programme) -> list[date]:
    """First days of the programme's months."""
    first = programme.starts_on.year * 12 + programme.starts_on.month - 1
    last = programme.ends_on.year * 12 + programme.ends_on.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1)]


@dataclass(frozen=True)
class Progress:
    """Done and planned by the end of the last whole month, of all."""

    done: int
    planned: int
    all: int

    @property
    def tone(self) -> str:
        return "on" if self.done >= self.planned else "risk"


def reported_month() -> date:
    """The last month that is over."""
    first = today().replace(day=1)
    return date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)


def progress(rows) -> Progress:
    """Of items or boards, as of the last whole month."""
    month = reported_month()
    done = sum(row.done_month is not None and row.done_month <= month for row in rows)
    return Progress(done, sum(row.planned_month <= month for row in rows), len(rows))


def chart(programme: Programme, rows, *, title: str, about: str):
    """Remaining, planned and actual, month by month; the actual ends with the last whole month."""
    wanted = months(programme)
    if not rows or not wanted:
        return ""
    plan = Counter(row.planned_month for row in rows)
    done = Counter(row.done_month for row in rows if row.done_month)
    end = reported_month()
    over = [month for month in wanted if month <= end]
    planned = burn_down(len(rows), [plan[month] for month in wanted])
    actual = burn_down(len(rows), [done[month] for month in over])
    return lines(
        [
            Series(_("Planned"), list(zip(wanted, planned, strict=True)), dashed=True),
            Series(_("Actual"), list(zip(over, actual, strict=True)), dots=True),
        ],
        title=title,
        about=about,
        place=_("Month"),
        marks=[Mark(today(), _("Today"), "info")],
        most=len(rows),
    )


@dataclass(frozen=True)
class Group:
    """Parts of a supplier or line: replaced of all, and those behind their plan."""

    name: str
    done: int
    all: int
    late: int


def by_line(rows: list[ReplacementItem]) -> list[Group]:
    return _groups([(row.product.line.name, row) for row in rows])


def by_supplier(rows: list[ReplacementItem]) -> list[Group]:
    """Under the supplier with the largest share."""
    none = _("No approved source")
    return _groups(
        [(row.part.approved[0].supplier.name if row.part.approved else none, row) for row in rows]
    )


def _groups(pairs) -> list[Group]:
    found: dict[str, list[ReplacementItem]] = {}
    for name, row in pairs:
        found.setdefault(name, []).append(row)
    month = reported_month()
    groups = [
        Group(
            name,
            sum(row.status in REPLACED for row in rows),
            len(rows),
            sum(row.done_month is None and row.planned_month <= month for row in rows),
        )
        for name, rows in found.items()
    ]
    return sorted(groups, key=lambda group: (-group.late, -group.all, group.name))


@dataclass(frozen=True)
class Figures:
    """The programme's own figures, over what the reader sees.

    due      parts planned to be replaced by the last whole month
    on_time  those of them that were replaced by their month; perfect: also at the first attempt
    """

    due: int
    on_time: int
    perfect: int
    past_deadline: list[ReplacementItem]
    oldest_days: int
    first_time: int
    qualified: int
    removed: str
    is_part_of_it: bool


def figures(person: Person, rows: list[ReplacementItem]) -> Figures:
    """What is beyond its last order date, what passed at once, exposure that is gone (money).

    Removed exposure is what stood when the part was entered, less what stands now, in weeks
    times the weekly contribution of the item's product; summed where the reader has the grant.
    """
    day = today()
    past = [row for row in rows if row.deadline_on and row.deadline_on < day and not row.done_month]
    judged = [row for row in rows if row.first_time is not None]
    due = [row for row in rows if row.planned_month <= reported_month()]
    on_time = [row for row in due if row.done_month and row.done_month <= row.planned_month]
    seen = sight(person, {row.product_id for row in rows})
    amount, left_out = Decimal(0), False
    for row in rows:
        if row.status not in REPLACED or row.gap_before is None:
            continue
        if row.product_id not in seen.weekly:
            left_out = True
            continue
        gone = max(Decimal(0), row.gap_before - (row.part.gap_weeks or 0))
        amount += gone * seen.weekly[row.product_id]
    return Figures(
        len(due),
        len(on_time),
        sum(bool(row.first_time) for row in on_time),
        past,
        max(((day - row.deadline_on).days for row in past), default=0),
        sum(row.first_time for row in judged),
        len(judged),
        money(amount, settings.CURRENCY, granted=bool(seen.weekly)),
        left_out and bool(seen.weekly),
    )
