"""The risk register as its pages show it: lists, the matrix, one risk, what it all may cost."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from ipd.calculations.risk_reserve import Money, Reserve, reserve
from ipd.kernel.days import today
from ipd.kernel.keyset import Slice, part
from ipd.kernel.money import money
from ipd.models import Activity, Product, Risk
from ipd.models.plans import ActivityKind
from ipd.models.rates import company_currency
from ipd.models.risks import RiskState
from ipd.queries import rates
from teams.models import Person, Seat
from teams.queries.people import people_named

PAGE = 50
KEYS = ("exposure_order", "pk")
COSTS = ("cost_low", "cost_likely", "cost_high")
SEED = 20261122  # of the register's simulation: the same register gives the same reserve
TOP = 3
# Upper limits of the matrix's bands: probability in percent, likely delay in working days.
PROBABILITIES = (10, 30, 50, 70, 100)
DELAYS = (5, 10, 20, 40, 5000)

TONES = {RiskState.OPEN: "info", RiskState.OCCURRED: "off", RiskState.CLOSED: "none"}


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix: how many open risks, the first of them, and how grave."""

    risks: list[Risk]
    tone: str


@dataclass(frozen=True)
class MatrixRow:
    """A band of probabilities, from the most probable down."""

    lowest: int
    highest: int
    cells: list[Cell]


@dataclass(frozen=True)
class Total:
    """What the open risks may cost together, in the company's currency.

    missing  currencies without a rate today, with how many risks are left out for it
    """

    currency: str
    reserve: Reserve
    missing: dict[str, int]


def tone(risk: Risk) -> str:
    return TONES[risk.state]


def of_product(product: Product, *, granted: bool):
    """The product's risks, the largest exposure first; without the grant no cost is read."""
    rows = product.risks.select_related("owner", "product").annotate(driven=Count("drivers"))
    return rows if granted else rows.defer(*COSTS)


def shown(rows, *, state: str, after: str) -> Slice:
    """Fifty risks of a state, or of all of them."""
    if state != "all":
        rows = rows.filter(state=state)
    return part(rows, KEYS, after=after, size=PAGE)


def matrix(product: Product) -> list[MatrixRow]:
    """The open risks by probability and likely delay, in one query."""
    found: dict[tuple[int, int], list[Risk]] = {}
    fields = ("code", "title", "probability_percent", "days_likely", "product")
    for risk in product.risks.open().only(*fields).order_by("code"):
        place = (
            band(risk.probability_percent, PROBABILITIES),
            band(risk.days_likely, DELAYS),
        )
        found.setdefault(place, []).append(risk)
    floors = (0, *(limit + 1 for limit in PROBABILITIES))
    return [
        MatrixRow(
            floors[high],
            PROBABILITIES[high],
            [Cell(found.get((high, wide), []), grave(high, wide)) for wide in range(len(DELAYS))],
        )
        for high in reversed(range(len(PROBABILITIES)))
    ]


def band(value: int, limits: tuple[int, ...]) -> int:
    """The place of the first limit that the value does not exceed.

    >>> [band(value, PROBABILITIES) for value in (0, 10, 11, 100)]
    [0, 0, 1, 4]
    """
    return next(place for place, limit in enumerate(limits) if value <= limit)


def grave(high: int, wide: int) -> str:
    """The tone of a cell by its distance from the mild corner.

    >>> [grave(0, 0), grave(2, 2), grave(4, 3)]
    ['on', 'risk', 'off']
    """
    return "on" if high + wide < 3 else "risk" if high + wide < 6 else "off"


def total(product: Product) -> Total | None:
    """What the open risks may cost together, at today's budget rates; for a granted reader.

    None when none has its money estimated. Two queries.
    """
    rows = product.risks.open().exclude(cost_low=None).order_by("code")
    found: list[Money] = []
    missing: Counter[str] = Counter()
    units = rates.on(today())
    for code, percent, currency, *costs in rows.values_list(
        "code", "probability_percent", "currency", *COSTS
    ):
        if currency not in units:
            missing[currency] += 1
            continue
        low, likely, high = (float(cost / units[currency]) for cost in costs)
        found.append(Money(code, percent / 100, low, likely, high))
    if not found and not missing:
        return None
    return Total(company_currency(), reserve(found, seed=SEED), dict(missing))


def in_words(total: Total | None) -> dict | None:
    """The sum of the risks for a granted reader; to thousands, since it is an estimate."""
    if total is None:
        return None
    found = total.reserve
    amounts = {name: getattr(found, name) for name in ("mean", "p50", "p80", "p90", "most")}
    shown = {
        name: money(Decimal(round(value, -3)), total.currency, granted=True)
        for name, value in amounts.items()
    }
    return shown | {"n": found.n, "missing": total.missing}


def open_ones(product: Product) -> list[str]:
    """The open risks as a draw on the reserve names them, the largest exposure first."""
    rows = product.risks.open().order_by(*KEYS).values_list("code", "title")[:PAGE]
    return [f"{code} {title}"[:120] for code, title in rows]


def company(person: Person, *, state: str, category: str, line, whose: str, text: str):
    """The risks of a filter, of all products the person may see."""
    rows = Risk.objects.visible_to(person)
    if state != "all":
        rows = rows.filter(state=state)
    if category:
        rows = rows.filter(category=category)
    if line is not None:
        rows = rows.filter(product__line=line)
    if whose == "mine":
        rows = rows.filter(owner=person)
    elif whose == "none":
        rows = rows.filter(owner=None)
    for word in text.split()[:8]:
        # Products and people are matched once each, not once per risk.
        products = Product.objects.filter(code__istartswith=word)
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(code__iexact=word)
            | Q(product__in=products.order_by().values("pk"))
            | Q(owner__in=people_named([word]).order_by().values("pk"))
        )
    return rows


def company_page(rows, *, after: str) -> Slice:
    """Fifty of the company's risks, the largest exposure first; no cost is read.

    Products and owners are joined to these alone, not to all among which they are sorted.
    """
    page = part(rows.only(*KEYS), KEYS, after=after, size=PAGE)
    shown = Risk.objects.defer(*COSTS).select_related("product", "owner")
    shown = shown.filter(pk__in=[risk.pk for risk in page.rows]).order_by(*KEYS)
    return Slice(list(shown), page.after)


def find(person: Person):
    """One risk with what its page names."""
    rows = Risk.objects.visible_to(person).select_related("product__line", "owner")
    return rows.annotate(driven=Count("drivers"))


def activities(product: Product) -> list[tuple[str, str]]:
    """Code and name of the work in the product's plan that is not done."""
    rows = Activity.objects.filter(
        plan__product=product, kind=ActivityKind.TASK, actual_finish_at=None
    )
    return list(rows.order_by("order").values_list("code", "name"))


def people(product: Product, risk: Risk | None = None) -> set[int]:
    """Whoever may own a risk: the team's people of today, and who owns it now."""
    seats = Seat.objects.current().filter(team=product.team_id)
    found = {pk for pair in seats.values_list("person", "deputy") for pk in pair if pk}
    return found | ({risk.owner_id} if risk and risk.owner_id else set())


def is_late(risk: Risk, day: date) -> bool:
    """The response should have been there."""
    return bool(risk.state == RiskState.OPEN and risk.due_on and risk.due_on < day)
