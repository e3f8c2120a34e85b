"""A product's budget by line, phase and month: what is left of it, and what is free to commit."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ipd.models import Phase, Product
from ipd.models.money import CostType, MovementKind
from ipd.queries import money_facts
from ipd.queries.money_facts import Sums
from teams.models import Function

ZERO = Decimal(0)
LINE = ("phase_id", "function_id", "cost_type")
YEAR = 12


@dataclass(frozen=True)
class Line:
    """Money of one function and cost type (both blank: not broken down yet)."""

    function: Function | None
    cost_type: str
    sums: Sums

    @property
    def label(self) -> str:
        return money_facts.label_of(self.cost_type)


@dataclass(frozen=True)
class Free:
    """What an order may still take: of the product, and of the line it is for."""

    product: Decimal
    line: Decimal

    def covers(self, amount: Decimal) -> bool:
        return amount <= self.product and amount <= self.line


def of(product: Product) -> Sums:
    """The product's money as a whole, nothing when none has moved."""
    return money_facts.totals([product.pk]).get(product.pk, Sums())


def facts(product: Product) -> dict[tuple, Sums]:
    """The product's sums by phase, function and cost type."""
    return money_facts.grouped([product.pk], LINE)


def lines(found: dict[tuple, Sums]) -> list[Line]:
    """Sums by function and cost type, in the order of cost types; one query for the names."""
    added: dict[tuple, Sums] = {}
    for (_phase, function, cost_type), sums in found.items():
        added[function, cost_type] = added.get((function, cost_type), Sums()) + sums
    functions = Function.objects.in_bulk({function for function, _cost in added if function})
    order = ["", *CostType.values]
    rows = [Line(functions.get(f), cost_type, sums) for (f, cost_type), sums in added.items()]
    return sorted(
        rows,
        key=lambda row: (order.index(row.cost_type), row.function.code if row.function else ""),
    )


def by_phase(product: Product, found: dict[tuple, Sums]) -> list[tuple[Phase | None, Sums]]:
    """Sums by phase in the order of the process; money without a phase comes last."""
    added: dict[int | None, Sums] = {}
    for (phase, _function, _cost_type), sums in found.items():
        added[phase] = added.get(phase, Sums()) + sums
    phases = list(Phase.objects.filter(process=product.process_id).order_by("order"))
    rows: list[tuple[Phase | None, Sums]] = [
        (phase, added.pop(phase.pk)) for phase in phases if phase.pk in added
    ]
    return rows + [(None, sums) for sums in added.values()]


@dataclass(frozen=True)
class Month:
    """A month of the budget with its phases, and what all months up to it add up to."""

    month: date
    sums: Sums
    by_phase: list[tuple[str, Sums]]
    so_far: Sums


@dataclass(frozen=True)
class Window:
    """A year of months; `before` and `after` are the months that others begin with, if any."""

    rows: list[Month]
    before: date | None
    after: date | None


def window(product: Product, first: str = "") -> Window:
    """Twelve months from `first` (as 2026-01), else the year that ends with the newest cost."""
    found = money_facts.grouped([product.pk], ("month", "phase_id"))
    months: dict[date, dict[int | None, Sums]] = {}
    for (month, phase), sums in found.items():
        months.setdefault(month, {})[phase] = sums
    phases = dict(
        Phase.objects.filter(process=product.process_id).order_by("order").values_list("pk", "name")
    )
    so_far, every = Sums(), []
    for month in sorted(months):
        parts = months[month]
        whole = sum(parts.values(), Sums())
        so_far += whole
        named = [(phases[pk], parts[pk]) for pk in phases if pk in parts]
        named += [("", parts[None])] if None in parts else []
        every.append(Month(month, whole, named, so_far))
    start = _start(every, first)
    rest = every[start + YEAR :]
    return Window(
        every[start : start + YEAR],
        every[max(0, start - YEAR)].month if start else None,
        rest[0].month if rest else None,
    )


def _start(every: list[Month], first: str) -> int:
    """Where the window begins: at the asked month, or so that the newest cost ends it."""
    asked = [place for place, row in enumerate(every) if f"{row.month:%Y-%m}" == first]
    spent = [place for place, row in enumerate(every) if row.sums.actual]
    return asked[0] if asked else max(0, (spent[-1] if spent else 0) - YEAR + 1)


def _left(product: Product, found: dict[tuple, Sums]) -> dict[tuple, Decimal]:
    """What is left by function and cost type of the money released up to the present phase.

    Money of a later phase is locked; what was spent or promised there is gone all the same.
    """
    process = Phase.objects.filter(process=product.process_id, order__lte=product.phase.order)
    released = set(process.values_list("pk", flat=True))
    left: dict[tuple, Decimal] = {}
    for (phase, *line), sums in found.items():
        locked = phase is not None and phase not in released
        rest = sums.available - (max(sums.budget, ZERO) if locked else ZERO)
        left[tuple(line)] = left.get(tuple(line), ZERO) + rest
    return left


def released(product: Product, found: dict[tuple, Sums]) -> Decimal:
    """What of the released money is neither spent nor committed."""
    return sum(_left(product, found).values(), ZERO)


def free(product: Product, found: dict[tuple, Sums], *, function_id: int, cost_type: str) -> Free:
    """What an order may take: at most what is left of the product, and of the line.

    A line draws on its own budget first and then on money that is not broken down; of that
    pool, what other lines have overdrawn is gone already.
    """
    left = _left(product, found)
    whole = sum(left.values(), ZERO)
    own = left.pop((function_id, cost_type), ZERO)
    pool = left.pop((None, ""), ZERO) + sum((min(rest, ZERO) for rest in left.values()), ZERO)
    return Free(product=whole, line=own + max(pool, ZERO))


@dataclass(frozen=True)
class Reserve:
    """The product's risk reserve: what was set aside, and what was drawn of it."""

    size: Decimal
    drawn: Decimal

    @property
    def left(self) -> Decimal:
        return self.size - self.drawn

    def percent_after(self, amount: Decimal) -> Decimal:
        """The share of the reserve that is drawn with this draw."""
        return 100 * (self.drawn + amount) / self.size if self.size else Decimal(100)


def reserves(product_ids) -> dict[int, Reserve]:
    """The reserve of each product that has one, in one query."""
    found = money_facts.grouped(product_ids, ("product_id", "cost_type", "kind"))
    sizes: dict[int, Decimal] = {}
    drawn: dict[int, Decimal] = {}
    for (product, cost_type, kind), sums in found.items():
        if cost_type == CostType.RESERVE and sums.budget:
            into, sign = (drawn, -1) if kind == MovementKind.RESERVE else (sizes, 1)
            into[product] = into.get(product, ZERO) + sign * sums.budget
    return {pk: Reserve(size, drawn.get(pk, ZERO)) for pk, size in sizes.items()}


def reserve(product: Product) -> Reserve:
    return reserves([product.pk]).get(product.pk, Reserve(ZERO, ZERO))
