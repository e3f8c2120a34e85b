"""Figures on requirements: of one product, and of a line with its products side by side."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from ipd.calculations.requirement_clocks import stability
from ipd.kernel.days import today
from ipd.kernel.measures import MEASURES, Measure, Reading, Unit
from ipd.models import Product, ProductLine
from ipd.queries.requirement_shares import shares
from teams.models import Person

# Shares are of today; what happened over time is looked back for.
SHARES = (
    *("trace_coverage", "forward_coverage", "backward_coverage", "verification_coverage"),
    *("verification_planned", "requirements_sourced", "requirements_owned"),
    *("requirement_acceptance", "requirements_delivered", "urgent_insertion_share"),
)
OVER_TIME = ("requirement_change_rate", "requirement_response_days")
COUNTED = ("customer_sources", "scope_dropped")
OF_LINE = (
    *("trace_coverage", "verification_coverage", "requirement_change_rate"),
    *("requirement_response_days", "requirement_acceptance", "urgent_insertion_share"),
)


@dataclass(frozen=True)
class Figure:
    """A measure's figure, and the reading it comes from; none when nothing was measured."""

    measure: Measure
    reading: Reading | None

    @property
    def value(self) -> float | None:
        figure = self.measure.figure(self.reading)
        return float(figure) if figure is not None else None

    @property
    def shown(self) -> str:
        if self.value is None:
            return "–"
        if self.measure.unit == Unit.PERCENT:
            return f"{self.value:.1f} %"
        days = self.measure.unit == Unit.DAYS
        return _("%(days)s d") % {"days": f"{self.value:.4g}"} if days else f"{self.value:.4g}"

    @property
    def days(self) -> int:
        """How far it looks back; 0 for a figure of today."""
        return self.measure.looks_back if self.measure.key in OVER_TIME else 0

    @property
    def stability(self) -> float | None:
        """The stability index that belongs to a change rate."""
        if self.measure.key != "requirement_change_rate" or self.reading is None:
            return None
        return stability(int(self.reading.numerator), int(self.reading.denominator))


def _read(product_ids, keys) -> dict[str, dict[int, Reading]]:
    """The readings of these measures, the shares among them together."""
    day = today()
    found = shares(product_ids, [key for key in keys if key in SHARES])
    for key in keys:
        if key not in found:
            found[key] = MEASURES[key].on(product_ids, day)
    return found


def of_product(product: Product) -> list[Figure]:
    """All figures of one product, as of today."""
    keys = (*SHARES, *OVER_TIME, *COUNTED)
    found = _read([product.pk], keys)
    return [Figure(MEASURES[key], found[key].get(product.pk)) for key in keys]


def of_line(
    person: Person, line: ProductLine
) -> tuple[list[Figure], list[tuple[Product, list[Figure]]]]:
    """A line's figures as a whole, and those of each of its visible products that has any."""
    products = list(Product.objects.visible_to(person).filter(line=line).order_by("code"))
    found = _read([product.pk for product in products], OF_LINE)
    rows = [
        (product, [Figure(MEASURES[key], found[key].get(product.pk)) for key in OF_LINE])
        for product in products
    ]
    rows = [row for row in rows if any(figure.reading for figure in row[1])]
    return [Figure(MEASURES[key], _whole(MEASURES[key], found[key])) for key in OF_LINE], rows


def _whole(measure: Measure, readings: dict[int, Reading]) -> Reading:
    """The reading of the set as a whole, from readings that are there already."""
    return replace(measure, compute=lambda _ids, _first, _last: readings).of([], today(), today())
