"""The contract as its page shows it: each promise first, now binding, and as it stands."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ipd.kernel.figures import NOTHING, shown_figure
from ipd.kernel.measures import MEASURES, Unit
from ipd.kernel.money import money
from ipd.models import Contract, ContractElement, ContractStanding, Product
from ipd.models.standings import Standing

CENTS_BELOW = 10_000  # amounts from there on are shown in whole units
TONES = {
    Standing.INSIDE: "on",
    Standing.WARNING: "risk",
    Standing.BROKEN: "off",
    Standing.UNKNOWN: "none",
}


def shown(element: ContractElement, value: Decimal | None, *, granted: bool) -> str:
    """A value of the element for a reader; money only with the grant."""
    if element.unit == Unit.MONEY:
        whole = None if value is None else round(value, 0 if abs(value) >= CENTS_BELOW else 2)
        return money(whole, element.currency, granted=granted)
    if element.unit == Unit.COUNT and value is not None and value % 1:
        return shown_figure(value, Unit.RATIO, granted=granted)
    if element.unit == Unit.PERCENT and value is not None and round(value, 1) != round(value, 2):
        return _("%(figure)s %%") % {"figure": number_format(round(value, 2), 2)}
    return shown_figure(value, element.unit, granted=granted)


@dataclass(frozen=True)
class Variance:
    """How far a reading is from one version's promise: in words, and how that is judged."""

    promised: str
    missed: str
    standing: str

    @property
    def tone(self) -> str:
        return TONES[self.standing]


@dataclass(frozen=True)
class Line:
    """One promise: against the current contract and, where there is another, the original."""

    element: ContractElement
    now: str
    standing: ContractStanding | None
    current: Variance
    original: Variance | None
    tolerance: str
    label: str
    source: str
    route: str

    @property
    def advice(self) -> str:
        """What to do about it."""
        if self.current.standing == Standing.BROKEN:
            if self.standing and self.standing.asked_for == self.element.contract.version:
                return _("Beyond the team: request a change, or go to the gate.")
            return _("Beyond the team: request a change.")
        if self.current.standing == Standing.WARNING:
            return _("The team can still hold it: plan the way back.")
        if self.current.standing == Standing.UNKNOWN:
            return _("Enter a reading.") if not self.element.measure else _("Not measured yet.")
        return ""


def missed_words(element: ContractElement, value: Decimal, *, granted: bool) -> str:
    """The difference in words: working days, or the amount with its share of the promise.

    A sign of plus says better than promised; worse is a minus, whatever the direction.
    """
    better = -element.missed(value)
    if element.unit == Unit.DATE:
        days = int(better)
        if not days:
            return _("on the day")
        return (
            ngettext("%(days)d working day early", "%(days)d working days early", days)
            if days > 0
            else ngettext("%(days)d working day late", "%(days)d working days late", -days)
        ) % {"days": abs(days)}
    if element.unit == Unit.MONEY and not granted:
        return money(None, "", granted=False)
    words = shown(element, abs(better), granted=granted)
    if words == shown(element, Decimal(0), granted=granted):
        return _("as promised")
    relative = element.promised and element.unit != Unit.PERCENT
    share = f" ({_percent(100 * abs(better) / abs(element.promised))})" if relative else ""
    return (_("%(figure)s better") if better > 0 else _("%(figure)s worse")) % {
        "figure": words + share
    }


def _percent(value: Decimal) -> str:
    return shown_figure(value, Unit.PERCENT, granted=True)


def tolerance_words(element: ContractElement, day: date) -> str:
    """How far the team may miss it by itself."""
    if element.zero_tolerance:
        return _("none")
    found = element.tolerance(day)
    if found.allowed is None:
        return _("not limited")
    if element.unit == Unit.DATE:
        return _("%(days)d working days") % {"days": int(found.allowed)}
    return _percent(element.tolerance_percent)


def variance(
    element: ContractElement, row: ContractStanding | None, day: date, *, granted: bool
) -> Variance:
    """What was promised in a version, and how the reading compares."""
    promised = shown(element, element.promised, granted=granted)
    if row is None or row.value is None:
        return Variance(promised, NOTHING, Standing.UNKNOWN)
    missed = missed_words(element, row.value, granted=granted)
    return Variance(promised, missed, element.judge(row.value, day))


def lines(
    current: Contract,
    original: Contract | None,
    standings: dict[str, ContractStanding],
    day: date,
    *,
    granted: bool,
) -> list[Line]:
    """The current contract, promise by promise; `original` only where it is another version."""
    first = {element.code: element for element in original.elements.all()} if original else {}
    return [
        _line(element, first.get(element.code), standings.get(element.code), day, granted)
        for element in current.elements.all()
    ]


def _line(element, first, row, day, granted) -> Line:
    measure = MEASURES.get(element.measure)
    return Line(
        element=element,
        now=shown(element, row.value if row else None, granted=granted),
        standing=row,
        current=variance(element, row, day, granted=granted),
        original=variance(first, row, day, granted=granted) if first else None,
        tolerance=tolerance_words(element, day),
        label=str(Standing(row.standing).label) if row else str(Standing.UNKNOWN.label),
        source=str(measure.label) if measure else row.detail if row else "",
        route=measure.route if measure else "",
    )


def standings_of(product: Product) -> dict[str, ContractStanding]:
    """How each promise of the product stands, by code, in one query."""
    return {row.code: row for row in ContractStanding.objects.filter(product=product)}


def versions(product: Product) -> list[Contract]:
    """All versions, the newest first, with who signed them and what they promise."""
    return list(
        product.contracts.select_related("signed_by", "drafted_by")
        .prefetch_related("elements")
        .order_by("-version")
    )


@dataclass(frozen=True)
class Difference:
    """A promise of one version beside the version before it."""

    element: ContractElement
    promised: str
    before: str
    is_changed: bool


def differences(contract: Contract, before: Contract | None, *, granted: bool) -> list[Difference]:
    """What a version promises, and which of it the version before promised otherwise."""
    earlier = {element.code: element for element in before.elements.all()} if before else {}
    rows = []
    for element in contract.elements.all():
        old = earlier.get(element.code)
        rows.append(
            Difference(
                element,
                shown(element, element.promised, granted=granted),
                shown(old, old.promised, granted=granted) if old else "",
                old is not None and old.promised != element.promised,
            )
        )
    return rows


def original_of(found: list[Contract]) -> Contract | None:
    """The version signed first, of a list with the newest first."""
    signed = [contract for contract in found if not contract.is_draft]
    return signed[-1] if signed else None
