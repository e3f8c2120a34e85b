"""Traces lead down the levels, and what they cover follows every link, state and test."""

import itertools
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from ipd.actions import requirements, traces
from ipd.kernel.access import Refused
from ipd.kernel.days import today
from ipd.kernel.measures import MEASURES
from ipd.models import Requirement, RequirementLink
from tests.factories.requirements import LinkFactory, RequirementFactory, chain
from tests.races import HANDS, at_once, by_hands


def figure(key, product):
    reading = MEASURES[key].compute([product.pk], today(), today()).get(product.pk)
    return (int(reading.numerator), int(reading.denominator)) if reading else None


@pytest.mark.django_db
def test_a_trace_leads_down(house):
    rows = chain(house.product)
    with pytest.raises(Refused, match="A trace leads down"):
        traces.link(rows["IR"], rows["SR"], kind="derives", by=house.lpdt)
    with pytest.raises(Refused, match="not linked to itself"):
        traces.link(rows["SR"], rows["SR"], kind="verifies", by=house.lpdt)
    with pytest.raises(Refused, match="already"):
        traces.link(rows["SR"], rows["IR"], kind="derives", by=house.lpdt)
    other = RequirementFactory(product=house.product)
    with pytest.raises(IntegrityError, match="leads_down_the_levels"), transaction.atomic():
        LinkFactory(upper=rows["SR"], lower=other)


@pytest.mark.django_db
def test_a_level_never_changes(house):
    row = RequirementFactory(product=house.product)
    with pytest.raises(IntegrityError, match="never changes its level"), transaction.atomic():
        Requirement.objects.filter(pk=row.pk).update(level="AR")


@pytest.mark.django_db
def test_a_conflict_is_kept_once_from_either_end(house):
    one, other = (RequirementFactory(product=house.product) for _ in range(2))
    traces.link(one, other, kind="conflicts", by=house.lpdt)
    with pytest.raises(Refused):
        traces.link(other, one, kind="conflicts", by=house.lpdt)


@pytest.mark.django_db
def test_an_initial_requirement_is_covered_through_problem_and_feature(house):
    made = {
        level: RequirementFactory(product=house.product, level=level)
        for level in ("IR", "PB", "SF", "SR", "AR")
    }
    Requirement.objects.filter(pk=made["IR"].pk).update(status="distributed")
    names = list(made)
    for upper, lower in itertools.pairwise(names):
        traces.link(made[lower], made[upper], kind="derives", by=house.lpdt)
    assert figure("trace_coverage", house.product) == (1, 1)
    assert figure("forward_coverage", house.product) == (1, 1)
    assert figure("backward_coverage", house.product) == (1, 1)
    traces.unlink(RequirementLink.objects.get(upper=made["PB"]), by=house.lpdt)
    assert figure("trace_coverage", house.product) == (0, 1)
    assert figure("forward_coverage", house.product) == (0, 1)
    assert figure("backward_coverage", house.product) == (1, 1)


@pytest.mark.django_db
def test_another_branch_still_covers_what_one_lost(house):
    rows = chain(house.product)
    feature = RequirementFactory(product=house.product, level="SF")
    second = RequirementFactory(product=house.product)
    traces.link(feature, rows["IR"], kind="derives", by=house.lpdt)
    traces.link(second, feature, kind="derives", by=house.lpdt)
    Requirement.objects.filter(pk=rows["SR"].pk).update(status="dropped")
    traces.retrace([rows["SR"].pk])
    rows["IR"].refresh_from_db()
    assert rows["IR"].downward


@pytest.mark.django_db
def test_only_a_passed_verification_verifies(house):
    row = RequirementFactory(product=house.product)
    given = {"code": "T1", "title": "t", "method": "test", "run_on": today(), "by": house.lpdt}
    for result, found in (("failed", (0, 1)), ("passed", (1, 1)), ("failed", (0, 1))):
        traces.verify(row, result=result, **given)
        assert figure("verification_coverage", house.product) == found
    with pytest.raises(Refused, match="on which day"):
        traces.verify(row, result="passed", **(given | {"run_on": None}))


@pytest.mark.django_db
def test_until_something_is_allocated_the_way_up_is_enough(house):
    rows = {level: RequirementFactory(product=house.product, level=level) for level in ("IR", "SR")}
    traces.link(rows["SR"], rows["IR"], kind="derives", by=house.lpdt)
    assert figure("trace_coverage", house.product) == (1, 1)
    RequirementFactory(product=house.product, level="AR")
    assert figure("trace_coverage", house.product) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_of_many_edits_of_one_version_one_is_kept(house):
    row = RequirementFactory(product=house.product)

    def edit(n):
        return requirements.edit(row, title=f"T{n}", by=house.lpdt, seen_version=1)

    done, _refused = at_once(by_hands(edit), refusals=Refused)

    assert len(done) == 1
    row.refresh_from_db()
    assert row.version == 2
    assert row.steps.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_derive_from_one_at_once_and_all_are_traced(house):
    upper = RequirementFactory(product=house.product, level="SR")

    def derive(n):
        return requirements.derive(upper, level="AR", title=f"AR {n}", text="", by=house.lpdt)

    made, _refused = at_once(by_hands(derive))

    assert len({row.code for row in made}) == HANDS
    assert Requirement.objects.filter(level="AR", upward=True).count() == HANDS


@pytest.mark.django_db(transaction=True)
def test_the_same_link_at_once_is_made_once(house):
    upper = RequirementFactory(product=house.product, level="IR")
    lower = RequirementFactory(product=house.product)
    link = partial(traces.link, lower, upper, kind="derives", by=house.lpdt)

    done, _refused = at_once([link] * HANDS, refusals=Refused)

    assert len(done) == 1
