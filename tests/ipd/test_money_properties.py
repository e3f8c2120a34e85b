"""Whatever moves: sums agree at every grain, nothing available is hidden, ratios stay ratios."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipd.calculations.earned_value import EarnedValue, earned_percent, total
from ipd.models import Phase
from ipd.models.money import CostType
from ipd.models.work_packages import Rule
from ipd.queries import budgets, earned_value, money_facts
from ipd.queries.money_facts import Standing, Sums
from tests.factories import (
    ActualFactory,
    AllocationFactory,
    CommitmentFactory,
    FunctionFactory,
    MovementFactory,
    ProgressFactory,
    WorkPackageFactory,
)

AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)
VALUES = st.builds(
    EarnedValue, bac=AMOUNTS, pv=AMOUNTS, ev=st.one_of(st.none(), AMOUNTS), ac=AMOUNTS
)
COSTS = st.sampled_from([value for value in CostType.values if value != CostType.RESERVE])
MONTHS = st.dates(date(2025, 1, 1), date(2026, 10, 1)).map(lambda day: day.replace(day=1))
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["budget", "pool", "actual", "order"]),
        st.integers(1, 10**6),
        st.sampled_from(["RD", "QA"]),
        COSTS,
        MONTHS,
        st.integers(0, 3),
    ),
    max_size=12,
)


@given(VALUES)
def test_figures_that_cannot_be_are_none_and_the_others_agree(value):
    assert (value.cpi is None) == (value.ev is None or value.ac == 0)
    assert (value.spi is None) == (value.ev is None or value.pv == 0)
    assert (value.tcpi is None) == (value.ev is None or value.ac >= value.bac)
    if value.eac is not None:
        assert value.vac == value.bac - value.eac
        assert value.etc == value.eac - value.ac
    if value.eac is not None and value.ev == value.bac:
        assert abs(value.eac - value.ac) < Decimal("0.01")
    if value.eac_atypical is not None and value.eac is not None and value.ev <= value.bac:
        cheaper = value.cpi >= 1
        assert (value.eac <= value.eac_atypical + Decimal("0.01")) if cheaper else True


@given(st.lists(VALUES, max_size=8))
def test_a_portfolio_s_index_lies_between_those_of_its_parts(values):
    parts = [value for value in values if value.cpi is not None]
    whole = total(parts)
    if not parts:
        assert whole.cpi is None
        return
    least, most = min(one.cpi for one in parts), max(one.cpi for one in parts)
    assert least - Decimal("1e-9") <= whole.cpi <= most + Decimal("1e-9")


@given(st.sampled_from(Rule.values), st.integers(0, 100), st.integers(0, 100))
def test_reporting_more_never_earns_less(rule, one, other):
    less, more = sorted((one, other))
    assert 0 <= earned_percent(rule, less) <= earned_percent(rule, more) <= 100


@pytest.mark.django_db
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=ROWS)
def test_sums_agree_at_every_grain_and_nothing_available_is_hidden(house, rows):
    with transaction.atomic():
        product, phases = house.product, list(Phase.objects.filter(process=house.product.process))
        given_out = spent = promised = 0
        for kind, amount, code, cost_type, month, phase in rows:
            line = {"function": FunctionFactory(code=code), "cost_type": cost_type}
            if kind in ("budget", "pool"):
                given_out += amount
                movement = MovementFactory(
                    product=product, amount=amount, kind="tranche", phase=phases[phase]
                )
                if kind == "budget":
                    AllocationFactory(movement=movement, month=month, **line)
            elif kind == "actual":
                spent += amount
                ActualFactory(
                    product=product, amount=amount, month=month, phase=phases[phase], **line
                )
            else:
                promised += amount
                CommitmentFactory(
                    product=product, amount=amount, on=month, phase=phases[phase], **line
                )
        whole = budgets.of(product)
        assert (whole.budget, whole.actual, whole.committed) == (given_out, spent, promised)
        assert whole.available == given_out - spent - promised
        for by in (("phase_id",), ("month",), budgets.LINE, ("kind", "cost_type")):
            parts = money_facts.grouped([product.pk], by).values()
            assert sum((part.available for part in parts), Decimal(0)) == whole.available
        for day in (date(2025, 8, 31), date(2026, 3, 31)):
            standing = money_facts.standings([product.pk], day).get(product.pk, Standing())
            limits = {}, {"booked_by": day}, {"booked_by": day, "last": day}
            one, two, three = (
                money_facts.totals([product.pk], **limit).get(product.pk) for limit in limits
            )
            assert (standing.now, standing.booked, standing.due) == (one or Sums(), two, three)
        facts = budgets.facts(product)
        released = budgets.released(product, facts)
        assert released <= whole.available
        for code in ("RD", "QA"):
            function = FunctionFactory(code=code)
            free = budgets.free(product, facts, function_id=function.pk, cost_type="nre")
            assert free.product == released
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    packages=st.lists(
        st.tuples(
            st.integers(1, 10**6),
            st.sampled_from(Rule.values),
            st.lists(st.tuples(st.integers(1, 28), st.integers(0, 100)), max_size=3),
        ),
        max_size=5,
    )
)
def test_the_database_earns_what_the_calculation_says(house, packages):
    with transaction.atomic():
        expected = Decimal(0)
        for value, rule, reports in packages:
            package = WorkPackageFactory(product=house.product, value=value, rule=rule)
            last = 0
            for day, percent in sorted(reports, key=lambda report: report[0]):
                ProgressFactory(package=package, on=date(2026, 1, day), percent=percent)
                last = percent
            expected += Decimal(value) * earned_percent(rule, last) / 100
        day = date(2026, 1, 31)
        found = earned_value.as_of([house.product.pk], day)
        months = earned_value.by_month(house.product.pk, date(2026, 1, 1), day)
        if packages:
            assert found[house.product.pk].ev == expected
            assert months[date(2026, 1, 1)] == expected
        else:
            assert found == {}
        transaction.set_rollback(True)
