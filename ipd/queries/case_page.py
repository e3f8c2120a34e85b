"""Business cases as their pages show them: versions side by side, figures, charts."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ipd.calculations.finance import RateOfReturn, ReturnKind
from ipd.kernel import charts
from ipd.kernel.figures import NOTHING
from ipd.kernel.money import money
from ipd.models import BusinessCase, Product
from ipd.models.cases import Scenario
from ipd.queries import cases
from ipd.queries.cases import Figures, Flows

SHOWN = 12  # versions side by side
TONES = {"better": "on", "worse": "off", "same": "none"}


@dataclass(frozen=True)
class Version:
    """A version's figures for a reader with the grant, beside the version before it."""

    case: BusinessCase
    npv: str
    difference: str
    tone: str
    irr: str
    payback: str
    downside: str
    upside: str
    delay: str


def rate_words(answer: RateOfReturn | None) -> str:
    """The rate of return, or why there is none."""
    if answer is None:
        return NOTHING
    if answer.kind == ReturnKind.ONE:
        return percent(100 * answer.rate)
    return _("none") if answer.kind == ReturnKind.NONE else _("multiple")


def percent(value: Decimal) -> str:
    return _("%(figure)s %%") % {"figure": number_format(round(value, 1), 1)}


def years(value: Decimal | None) -> str:
    return (
        _("never") if value is None else _("%(n)s years") % {"n": number_format(round(value, 2), 2)}
    )


def ratio(value: Decimal | None) -> str:
    return NOTHING if value is None else number_format(round(value, 2), 2)


def amount(value: Decimal | None, case: BusinessCase) -> str:
    """Whole units of the currency, for somebody who may see them."""
    return money(None if value is None else round(value, 0), case.currency, granted=True)


def versions(product: Product) -> list[Figures]:
    """The newest versions in figures, the oldest of them first; two queries."""
    newest = product.cases.select_related("by").order_by("-version")[:SHOWN]
    return cases.figures(reversed(newest))


def side_by_side(found: list[Figures]) -> list[Version]:
    """The versions, the newest first, each with what moved since the one before it."""
    rows, before = [], None
    for one in found:
        rows.append(_version(one, before))
        before = one.npv()
    return rows[::-1]


def _version(one: Figures, before: Decimal | None) -> Version:
    worth, base, case = one.npv(), one.base, one.case
    moved = worth - before if worth is not None and before is not None else None
    direction = "same" if not moved else "better" if moved > 0 else "worse"
    sign = "+" if moved and moved > 0 else ""
    return Version(
        case=case,
        npv=amount(worth, case),
        difference=NOTHING if moved is None else sign + amount(moved, case),
        tone=TONES[direction] if moved is not None else "",
        irr=rate_words(base.irr if base else None),
        payback=years(base.payback) if base else NOTHING,
        downside=amount(one.npv(Scenario.DOWNSIDE), case),
        upside=amount(one.npv(Scenario.UPSIDE), case),
        delay=amount(one.npv(Scenario.DELAY), case),
    )


@dataclass(frozen=True)
class ScenarioRow:
    """A scenario's figures in words."""

    label: str
    npv: str
    irr: str
    payback: str
    discounted: str
    roi: str
    profitability: str


def scenario_rows(one: Figures) -> list[ScenarioRow]:
    rows = []
    for name, flows in one.scenarios.items():
        label = str(Scenario(name).label)
        if name == Scenario.DELAY and one.is_delay_computed:
            label = _("%(scenario)s, computed from the base") % {"scenario": label}
        rows.append(
            ScenarioRow(
                label,
                amount(flows.npv, one.case),
                rate_words(flows.irr),
                years(flows.payback),
                years(flows.discounted_payback),
                ratio(flows.roi),
                ratio(flows.profitability),
            )
        )
    return rows


def flow_rows(one: Figures) -> list[tuple[str, list[str]]]:
    """Each scenario's net flow, year by year, in whole units of the case's currency."""
    span = max((len(flows.net) for flows in one.scenarios.values()), default=0)
    return [
        (
            str(Scenario(name).label),
            [number_format(round(flow), 0, force_grouping=True) for flow in flows.net]
            + [NOTHING] * (span - len(flows.net)),
        )
        for name, flows in one.scenarios.items()
    ]


MILLION = 1_000_000


def _millions(value: Decimal | None) -> float | None:
    return None if value is None else float(value) / MILLION


def _shown(value: float) -> str:
    """A figure of a chart, in millions; small cases keep their decimals."""
    places = 2 if 0 < abs(value) < 1 else 1
    return number_format(round(value, places), places)


def _in_millions(title: str, case: BusinessCase) -> str:
    return _("%(title)s, million %(currency)s") % {"title": title, "currency": case.currency}


def worth_chart(found: list[Figures]) -> SafeString | str:
    """Net present value from version to version, with the downside and the late case."""
    drawn = [one for one in found if one.npv() is not None]
    if len(drawn) < 2:
        return ""

    def line(name: str, scenario: str, *, dashed: bool = False) -> charts.Series:
        points = [(one.case.version, _millions(one.npv(scenario))) for one in drawn]
        return charts.Series(name, points, dashed=dashed, dots=True)

    return charts.lines(
        [
            line(str(Scenario.BASE.label), Scenario.BASE),
            line(str(Scenario.DOWNSIDE.label), Scenario.DOWNSIDE, dashed=True),
            line(str(Scenario.DELAY.label), Scenario.DELAY, dashed=True),
        ],
        title=_in_millions(_("Net present value by version"), drawn[-1].case),
        about=_("How the worth of the product moved from one version to the next."),
        place=_("Version"),
        marks=[charts.Mark(one.case.version, one.case.gate) for one in drawn if one.case.gate],
        show=_shown,
    )


def cash_chart(one: Figures) -> SafeString | str:
    """What has flowed up to each year, scenario by scenario: below zero money is out."""
    if not one.base:
        return ""

    def line(name: str, flows: Flows) -> charts.Series:
        points = [(year, _millions(total)) for year, total in enumerate(flows.cumulative())]
        return charts.Series(
            str(Scenario(name).label), points, dashed=name != Scenario.BASE, dots=True
        )

    return charts.lines(
        [line(name, flows) for name, flows in one.scenarios.items()],
        title=_in_millions(_("Cash flow, summed up"), one.case),
        about=_("Where a line crosses zero, what was spent is back."),
        place=_("Year"),
        show=_shown,
    )


def yearly_chart(one: Figures) -> SafeString | str:
    """The base case's flow of each year, to both sides of zero."""
    if not one.base:
        return ""
    return charts.bars(
        [
            charts.Bar(
                _("Year %(year)d") % {"year": year},
                _millions(flow),
                tone="off" if flow < 0 else "on",
            )
            for year, flow in enumerate(one.base.net)
        ],
        title=_in_millions(_("Cash flow of each year, base case"), one.case),
        about=_("Bars to the left are years in which more is spent than earned."),
        heads=(_("Year"), _("Flow")),
        show=_shown,
    )
