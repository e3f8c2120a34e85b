"""Business cases in figures: what the versions of a product say, and what moved between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Case, IntegerField, Sum, Value, When

from ipd.calculations import finance
from ipd.calculations.finance import RateOfReturn
from ipd.models import BusinessCase, CaseFlow
from ipd.models.cases import CaseState, Scenario

ZERO = Decimal(0)


@dataclass(frozen=True)
class Flows:
    """Yearly sums of one scenario, year 0 first; both sides positive."""

    inflows: list[Decimal]
    outflows: list[Decimal]
    rate: Decimal

    @cached_property
    def net(self) -> list[Decimal]:
        return [earned - spent for earned, spent in zip(self.inflows, self.outflows, strict=True)]

    @cached_property
    def npv(self) -> Decimal:
        return finance.net_present_value(self.net, rate=self.rate)

    @cached_property
    def irr(self) -> RateOfReturn:
        return finance.internal_rate_of_return(self.net)

    @property
    def payback(self) -> Decimal | None:
        return finance.payback(self.net)

    @property
    def discounted_payback(self) -> Decimal | None:
        return finance.discounted_payback(self.net, rate=self.rate)

    @property
    def roi(self) -> Decimal | None:
        return finance.return_on_investment(self.inflows, self.outflows)

    @property
    def profitability(self) -> Decimal | None:
        return finance.profitability_index(self.inflows, self.outflows, rate=self.rate)

    def cumulative(self) -> list[Decimal]:
        total, sums = ZERO, []
        for flow in self.net:
            total += flow
            sums.append(total)
        return sums


@dataclass(frozen=True)
class Figures:
    """What one version computes to; a scenario without flows is not there."""

    case: BusinessCase
    scenarios: dict[str, Flows]
    # The late case was computed from the base, not entered.
    is_delay_computed: bool = False

    @property
    def base(self) -> Flows | None:
        return self.scenarios.get(Scenario.BASE)

    def npv(self, scenario: str = Scenario.BASE) -> Decimal | None:
        flows = self.scenarios.get(scenario)
        return flows.npv if flows else None

    @property
    def alternatives(self) -> int:
        """How many cases are shown beside the base."""
        return len([name for name in self.scenarios if name != Scenario.BASE])


def sums(cases: Iterable[BusinessCase]) -> dict[int, dict[str, dict[int, tuple]]]:
    """Inflow and outflow by case, scenario and year, all regions together, in one query."""
    found: dict[int, dict[str, dict[int, tuple]]] = {}
    rows = (
        CaseFlow.objects.filter(case__in=[case.pk for case in cases])
        .order_by()
        .values_list("case", "scenario", "year")
        .annotate(earned=Sum("inflow"), spent=Sum("outflow"))
    )
    for case, scenario, year, earned, spent in rows:
        found.setdefault(case, {}).setdefault(scenario, {})[year] = (earned, spent)
    return found


def figures(cases: Iterable[BusinessCase]) -> list[Figures]:
    """The figures of each case, in one query for all."""
    cases = list(cases)
    found = sums(cases)
    return [computed(case, found.get(case.pk, {})) for case in cases]


def computed(case: BusinessCase, years: dict[str, dict[int, tuple]]) -> Figures:
    """Figures from sums by scenario and year; six months late is computed unless entered."""
    scenarios = {name: _flows(case, years[name]) for name in Scenario.values if name in years}
    base = scenarios.get(Scenario.BASE)
    computes = base is not None and case.delay_cost is not None and Scenario.DELAY not in scenarios
    if computes:
        late = finance.half_a_year_late(base.inflows, base.outflows, extra=case.delay_cost)
        scenarios[Scenario.DELAY] = Flows(*late, case.rate)
    return Figures(case, scenarios, is_delay_computed=computes)


def _flows(case: BusinessCase, years: dict[int, tuple]) -> Flows:
    span = range(max(years) + 1)
    rows = [years.get(year, (ZERO, ZERO)) for year in span]
    return Flows([earned for earned, _s in rows], [spent for _e, spent in rows], case.rate)


def newest(product_ids: Iterable[int], day: date) -> dict[int, BusinessCase]:
    """The version that counts for each product on a day: the last accepted, else the draft."""
    rows = (
        BusinessCase.objects.filter(product__in=list(product_ids), on__lte=day)
        .annotate(
            place=Case(
                When(state=CaseState.ACCEPTED, then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            )
        )
        .order_by("product_id", "place", "-on", "-version")
        .distinct("product_id")
    )
    return {case.product_id: case for case in rows}


def contribution(case: BusinessCase) -> list[tuple[str, Decimal]]:
    """What each region brings in the base case, the largest first; empty without regions."""
    rows = (
        CaseFlow.objects.filter(case=case, scenario=Scenario.BASE)
        .order_by()
        .values_list("region")
        .annotate(earned=Sum("inflow"), spent=Sum("outflow"))
    )
    found = [(region, earned - spent) for region, earned, spent in rows]
    if not any(region for region, _sum in found):
        return []
    return sorted(found, key=lambda row: -row[1])
