"""The way of a requirement: each step done, refused, told to whom it concerns, and on time."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from ipd.actions import requirement_clocks, requirement_flow, requirement_moves, requirements
from ipd.kernel.access import Refused, Stale
from ipd.kernel.models import Notice
from ipd.models import Requirement
from tests.factories.requirements import (
    LinkFactory,
    RequirementFactory,
    VerificationFactory,
    bodies,
    chain,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def raw(house):
    return requirements.raise_raw(
        line=house.line,
        product=house.product,
        by=house.core_member,
        title="We lose hours at night",
        customer="Telvanta",
        scenario="Night shift",
    )


def analysed(raw, house, **facts):
    given = {"title": "Faults are named", "owner": house.lpdt, "urgency": "urgent"}
    return requirement_flow.analyse(raw, by=house.pqa, seen_version=raw.version, **(given | facts))


def distributed(raw, house, **more):
    initial = analysed(raw, house)
    given = {"target": "running", "product": house.product, "release": "R1"}
    return requirement_flow.distribute(
        initial, by=house.pqa, seen_version=initial.version, **(given | more)
    )


@time_machine.travel("2026-11-20T09:00:00+00:00")  # a Friday
def test_a_raw_requirement_is_acknowledged_within_two_working_days_and_analysed_within_ten(house):
    row = requirements.raise_raw(line=house.line, by=house.outsider, title="x", scenario="y")
    assert (row.status, row.due_on) == ("new", date(2026, 11, 24))
    row = requirement_flow.acknowledge(row, by=house.pqa, seen_version=1)
    assert (row.status, row.due_on) == ("analysing", date(2026, 12, 4))
    assert Notice.objects.filter(person=house.outsider, text__contains="received").exists()
    assert [step.kind for step in row.steps.all()] == ["raised", "acknowledged"]


def test_an_acknowledged_one_is_not_acknowledged_again(raw, house):
    row = requirement_flow.acknowledge(raw, by=house.pqa, seen_version=1)
    with pytest.raises(Refused, match="not possible now"):
        requirement_flow.acknowledge(row, by=house.pqa, seen_version=row.version)
    with pytest.raises(Stale):
        requirement_flow.acknowledge(row, by=house.pqa, seen_version=1)


def test_analysis_says_it_in_exact_words_and_keeps_where_it_came_from(raw, house):
    initial = analysed(raw, house)
    raw.refresh_from_db()
    assert (raw.status, raw.due_on) == ("accepted", None)
    assert (initial.level, initial.status) == ("IR", "proposed")
    assert (initial.customer, initial.raised_on) == ("Telvanta", raw.raised_on)
    assert initial.links_up.get().upper == raw


def test_analysis_may_find_that_an_initial_one_says_it_already(raw, house):
    there = RequirementFactory(level="IR", product=house.product)
    requirement_flow.analyse(raw, into=there, by=house.pqa, seen_version=1)
    assert there.links_up.get().upper == raw


def test_a_duplicate_is_linked_not_deleted(raw, house):
    other = RequirementFactory(level="RR", product=house.product, customer="Telvanta")
    row = requirement_flow.merge(raw, into=other, by=house.pqa, seen_version=1)
    assert (row.status, row.merged_into) == ("merged", other)
    assert Requirement.objects.filter(pk=row.pk).exists()
    with pytest.raises(Refused, match="Name another"):
        requirement_flow.merge(other, into=row, by=house.pqa, seen_version=1)


def test_a_rejection_needs_its_reply_which_reaches_the_requester(raw, house):
    with pytest.raises(Refused, match="what the requester is told"):
        requirement_flow.reject(raw, reason="exists", reply=" ", by=house.pqa, seen_version=1)
    requirement_flow.reject(
        raw, reason="exists", reply="The setting is there.", by=house.pqa, seen_version=1
    )
    notice = Notice.objects.get(person=house.core_member)
    assert "The setting is there." in notice.text


def test_only_what_is_urgent_goes_into_a_running_product(raw, house):
    initial = analysed(raw, house, urgency="normal")
    with pytest.raises(Refused, match="Only what is urgent"):
        requirement_flow.distribute(
            initial,
            target="running",
            product=house.product,
            release="R1",
            by=house.pqa,
            seen_version=1,
        )


def test_distribution_names_product_and_release_and_tells_who_commits(raw, house):
    initial = analysed(raw, house)
    for product, release in ((None, "R1"), (house.product, " ")):
        with pytest.raises(Refused, match="Name the product"):
            requirement_flow.distribute(
                initial,
                target="running",
                product=product,
                release=release,
                by=house.pqa,
                seen_version=1,
            )
    row = requirement_flow.distribute(
        initial, target="running", product=house.product, release="R1", by=house.pqa, seen_version=1
    )
    assert (row.status, row.product, row.due_on) == ("distributed", house.product, None)
    assert Notice.objects.filter(person=house.lpdt, text__startswith="Commit or defer").exists()


def test_a_product_of_another_line_is_refused(raw, house):
    initial = analysed(raw, house)
    with pytest.raises(Refused, match="of the line"):
        requirement_flow.distribute(
            initial,
            target="running",
            product=house.confidential_product,
            release="R1",
            by=house.pqa,
            seen_version=1,
        )


def test_committed_delivered_and_confirmed_by_whoever_asked(raw, house):
    row = distributed(raw, house)
    row = requirement_moves.move(row, "committed", by=house.lpdt, seen_version=row.version)
    assert row.committed_release == "R1"
    row = requirement_moves.move(row, "delivered", by=house.lpdt, seen_version=row.version)
    assert row.due_on
    assert row.delivered_release == "R1"
    assert Notice.objects.filter(person=house.core_member, needs_action=True).exists()
    row = requirement_moves.confirm(row, by=house.core_member, seen_version=row.version)
    raw.refresh_from_db()
    assert row.status == "confirmed"
    assert row.closed_on
    assert raw.closed_on


def test_a_raw_one_stays_open_while_another_answer_to_it_is_not_confirmed(raw, house):
    row = distributed(raw, house)
    second = RequirementFactory(level="IR", product=house.product)
    LinkFactory(upper=raw, lower=second)
    for to in ("committed", "delivered"):
        row = requirement_moves.move(row, to, by=house.lpdt, seen_version=row.version)
    requirement_moves.confirm(row, by=house.core_member, seen_version=row.version)
    raw.refresh_from_db()
    assert raw.closed_on is None


def test_what_nobody_owns_is_not_committed(raw, house):
    initial = analysed(raw, house, owner=None)
    row = requirement_flow.distribute(
        initial, target="running", product=house.product, release="R1", by=house.pqa, seen_version=1
    )
    with pytest.raises(Refused, match="name them first"):
        requirement_moves.move(row, "committed", by=house.lpdt, seen_version=row.version)
    with pytest.raises(IntegrityError, match="an_ownerless_requirement"), transaction.atomic():
        Requirement.objects.filter(pk=row.pk).update(status="committed", committed_release="R1")


def test_silence_counts_as_yes_the_second_time(raw, house):
    row = distributed(raw, house)
    for to in ("committed", "delivered"):
        row = requirement_moves.move(row, to, by=house.lpdt, seen_version=row.version)
    with time_machine.travel(row.due_on + timedelta(days=1)):
        assert requirement_clocks.chase() == 1
        row.refresh_from_db()
        assert row.status == "delivered"
    with time_machine.travel(row.due_on + timedelta(days=1)):
        assert requirement_clocks.chase() == 1
        row.refresh_from_db()
        assert row.status == "confirmed"
    assert [step.kind for step in row.steps.all()].count("timed_out") == 2


def test_an_overdue_step_is_reminded_of_once(raw, house):
    analyst, _manager, _engineer = bodies(house)
    with time_machine.travel(raw.due_on + timedelta(days=1)):
        assert requirement_clocks.chase() == 1
        assert requirement_clocks.chase() == 0
    assert Notice.objects.filter(person=analyst, text__startswith="Overdue").count() == 1


def test_verified_takes_a_passed_verification_and_none_that_failed(house):
    rows = chain(house.product)
    row = rows["SR"]
    Requirement.objects.filter(pk=row.pk).update(status="implemented")
    with pytest.raises(Refused, match="passed verification"):
        requirement_moves.move(row, "verified", by=house.lpdt, seen_version=1)
    VerificationFactory(requirement=row)
    Requirement.objects.filter(pk=row.pk).update(is_tested=True)
    assert requirement_moves.move(row, "verified", by=house.lpdt, seen_version=1)


@pytest.mark.parametrize(
    ("level", "status"), [("RR", "draft"), ("IR", "baselined"), ("SR", "new"), ("AR", "proposed")]
)
def test_a_status_belongs_to_its_level(house, level, status):
    with pytest.raises(IntegrityError, match="a_status_belongs_to_its_level"), transaction.atomic():
        RequirementFactory(product=house.product, level=level, status=status)


def test_no_raw_requirement_without_origin(house):
    with pytest.raises(IntegrityError, match="says_where_it_comes_from"), transaction.atomic():
        RequirementFactory(product=house.product, level="RR", requester=None)
