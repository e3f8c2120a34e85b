"""Edits of a plan: each is scheduled, counted, refused in a sentence, undone and done again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ipd.actions import activities, baselines, links, outline, plan_edits, plans
from ipd.kernel.access import Refused, Stale
from ipd.models import Link, PlanEdit
from tests.factories.plans import (
    ActivityFactory,
    PlanFactory,
)
from tests.ipd.planning import again, days

pytestmark = pytest.mark.django_db


def state(plan):
    """All rows of the plan by table and key."""
    tables = plan.activities, plan.links
    return {
        (t.model.__name__, row["id"], name): value
        for t in tables
        for row in t.values()
        for name, value in row.items()
    }


def test_a_plan_is_scheduled_in_few_queries(chain, plan):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        plans.reschedule(plan)

    assert len(queries) <= 8
    assert [days(row) for row in chain] == [
        ("11-23", "11-27"),
        ("11-30", "12-04"),
        ("12-07", "12-11"),
    ]
    assert chain[0].is_critical
    assert plan.finishes_at == datetime(2026, 12, 11, 17, 0, tzinfo=UTC)


def test_a_duration_moves_what_follows(chain, plan, lpdt):
    activities.change(chain[0], by=lpdt, seen_version=1, minutes=480)

    plan.refresh_from_db()
    assert (plan.version, days(chain[1])) == (2, ("11-24", "11-30"))
    edit = plan.edits.get()
    assert (edit.by, edit.what) == (lpdt, "Changed A Activity A")
    assert [row["model"] for row in edit.after] == ["ipd.activity"]


def test_a_stale_page_and_a_deleted_activity_are_refused(chain, lpdt):
    activities.change(chain[0], by=lpdt, seen_version=1, minutes=480)

    with pytest.raises(Stale, match="version 2, you saw 1"):
        activities.change(chain[0], by=lpdt, seen_version=1, minutes=960)
    activities.delete(chain[0], by=lpdt, seen_version=2)
    with pytest.raises(Refused, match="deleted"):
        activities.change(chain[0], by=lpdt, seen_version=3, minutes=960)


def test_a_change_to_the_same_is_no_edit(chain, plan, lpdt):
    activities.change(chain[0], by=lpdt, seen_version=1, minutes=chain[0].minutes)

    plan.refresh_from_db()
    assert (plan.version, plan.edits.count()) == (1, 0)


def test_a_start_is_not_before_and_is_lifted_again(chain, plan, lpdt):
    activities.change(chain[1], by=lpdt, seen_version=1, start_on=date(2026, 12, 7))
    assert days(chain[1]) == ("12-07", "12-11")
    assert chain[1].constraint == "snet"
    assert chain[1].constraint_at.hour == 8

    activities.change(chain[1], by=lpdt, seen_version=2, start_on=None)
    assert days(chain[1]) == ("11-30", "12-04")
    activities.change(chain[1], by=lpdt, seen_version=3, finish_on=date(2026, 12, 16))
    assert days(chain[1]) == ("12-10", "12-16")


def test_progress_brings_its_dates(chain, plan, lpdt):
    activities.change(chain[0], by=lpdt, seen_version=1, percent=100)
    assert chain[0].actual_finish_at is None
    again(chain[0])
    assert chain[0].actual_finish_at == datetime(2026, 11, 27, 17, 0, tzinfo=UTC)

    activities.change(chain[0], by=lpdt, seen_version=2, percent=40)
    again(chain[0])
    assert (chain[0].actual_start_at.day, chain[0].actual_finish_at) == (23, None)
    plans.set_status(plan, date(2026, 12, 1), by=lpdt, seen_version=3)
    assert days(chain[0]) == ("11-23", "12-04")
    activities.change(chain[0], by=lpdt, seen_version=4, percent=0)
    assert days(chain[0]) == ("12-02", "12-08")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "  "}, "needs a name"),
        ({"percent": 101}, "between 0 and 100"),
        ({"minutes": -1}, "forty years"),
        ({"minutes": 10**9}, "forty years"),
        ({"optimistic_minutes": 480}, "both"),
        ({"optimistic_minutes": 4800, "pessimistic_minutes": 4800}, "this order"),
        ({"constraint": "mso"}, "needs a date"),
        (
            {"actual_start_at": date(2026, 12, 2), "actual_finish_at": date(2026, 12, 1)},
            "began before",
        ),
    ],
)
def test_what_cannot_be_is_refused(chain, plan, lpdt, fields, words):
    before = state(plan)

    with pytest.raises(Refused, match=words):
        activities.change(chain[0], by=lpdt, seen_version=1, **fields)
    assert state(plan) == before


def test_a_circle_is_named_and_nothing_is_written(chain, plan, lpdt):
    before = state(plan)

    with pytest.raises(Refused, match=r"circle: .*A Activity A → B Activity B"):
        links.link(chain[2], chain[0], by=lpdt, seen_version=1)
    with pytest.raises(Refused, match="wait for itself"):
        links.link(chain[2], chain[2], by=lpdt, seen_version=1)
    assert state(plan) == before
    with pytest.raises(Refused, match="same plan"):
        links.link(ActivityFactory(), chain[2], by=lpdt, seen_version=1)


def test_a_link_is_changed_and_taken_away(chain, plan, lpdt):
    links.link(chain[0], chain[1], by=lpdt, seen_version=1, lag=960)
    assert days(chain[1]) == ("12-02", "12-08")

    links.unlink(Link.objects.get(successor=chain[1]), by=lpdt, seen_version=2)
    assert days(chain[1]) == ("11-23", "11-27")
    wanted = [(chain[0], "ss", 480, "working"), (chain[2], "ff", 0, "working")]
    with pytest.raises(Refused, match="circle"):
        links.set_predecessors(chain[1], wanted, by=lpdt, seen_version=3)
    links.set_predecessors(chain[1], wanted[:1], by=lpdt, seen_version=3)
    assert days(chain[1]) == ("11-24", "11-30")


def test_the_outline_in_and_out_and_up_and_down(chain, plan, lpdt):
    a, b, c = chain
    with pytest.raises(Refused, match="circle"):
        outline.indent(b, by=lpdt, seen_version=1)
    links.unlink(Link.objects.get(successor=b), by=lpdt, seen_version=1)
    outline.indent(b, by=lpdt, seen_version=2)
    again(a, b, c)
    assert (a.kind, b.parent, b.depth, b.wbs, c.wbs) == ("summary", a, 1, "1.1", "2")
    with pytest.raises(Refused, match="summary has"):
        activities.change(a, by=lpdt, seen_version=3, minutes=480)

    outline.move(c, down=False, by=lpdt, seen_version=3)
    again(a, b, c)
    assert [row.wbs for row in (c, a, b)] == ["1", "2", "2.1"]
    assert c.order < a.order < b.order
    outline.outdent(b, by=lpdt, seen_version=4)
    again(a, b)
    assert (a.kind, b.parent, b.wbs) == ("task", None, "3")
    with pytest.raises(Refused, match="first"):
        outline.move(c, down=False, by=lpdt, seen_version=5)


def test_an_activity_is_added_where_it_is_wanted(chain, plan, lpdt):
    added = activities.add(
        plan, by=lpdt, seen_version=1, name="Second look", after=chain[0], minutes=960
    )

    again(*chain)
    assert (added.code, added.wbs, added.finish_on) == ("A1", "2", date(2026, 11, 24))
    assert chain[0].order < added.order < chain[1].order
    with pytest.raises(Refused, match="taken"):
        activities.add(plan, by=lpdt, seen_version=2, name="Again", code="A1")
    for number in range(12):  # until no room is left between two rows
        version = 2 + number
        activities.add(plan, by=lpdt, seen_version=version, name="More", after=chain[0])
    assert plan.activities.count() == 16


def test_everything_is_undone_and_done_again(chain, plan, lpdt):
    a, b, c = chain
    steps = [
        lambda v: activities.change(a, by=lpdt, seen_version=v, minutes=960, owner=lpdt),
        lambda v: activities.add(plan, by=lpdt, seen_version=v, name="New", parent=c),
        lambda v: links.link(a, c, by=lpdt, seen_version=v, kind="ss", lag=480),
        lambda v: activities.delete(b, by=lpdt, seen_version=v),
        lambda v: outline.move(c, down=False, by=lpdt, seen_version=v),
        lambda v: plans.set_status(plan, date(2026, 11, 30), by=lpdt, seen_version=v),
    ]
    states = [state(plan)]
    for version, step in enumerate(steps, 1):
        step(version)
        states.append(state(plan))
    for before in reversed(states[:-1]):
        plan_edits.undo(plan, by=lpdt)
        assert state(plan) == before
    with pytest.raises(Refused, match="nothing to undo"):
        plan_edits.undo(plan, by=lpdt)
    for after in states[1:]:
        plan_edits.redo(plan, by=lpdt)
        assert state(plan) == after
    with pytest.raises(Refused, match="nothing to do again"):
        plan_edits.redo(plan, by=lpdt)
    for before in reversed(states[:-1]):
        plan_edits.undo(plan, by=lpdt)
        assert state(plan) == before
    assert PlanEdit.objects.first().what == "Undone: Changed A Activity A"


def test_what_was_undone_is_lost_once_something_else_is_edited(chain, plan, lpdt):
    activities.change(chain[0], by=lpdt, seen_version=1, minutes=960)
    plan_edits.undo(plan, by=lpdt)
    activities.change(chain[1], by=lpdt, seen_version=3, minutes=960)

    with pytest.raises(Refused, match="nothing to do again"):
        plan_edits.redo(plan, by=lpdt)
    plan_edits.undo(plan, by=lpdt)
    assert again(chain[1])[0].minutes == 2400


def test_a_baseline_is_kept_and_never_changes(chain, plan, lpdt):
    kept = baselines.keep(plan, name="Contract v1", reason="PDCP", by=lpdt)
    activities.change(chain[0], by=lpdt, seen_version=1, minutes=480)
    second = baselines.keep(plan, name="Contract v2", by=lpdt)

    assert (kept.number, second.number, kept.rows.count()) == (0, 1, 3)
    assert kept.finish_at - second.finish_at == timedelta(days=4)
    for change in (
        lambda: kept.rows.update(minutes=1),
        lambda: kept.rows.all().delete(),
        lambda: type(kept).objects.filter(pk=kept.pk).update(name="Other"),
        lambda: plan.edits.update(what="Nothing"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    with pytest.raises(Refused, match="needs a name"):
        baselines.keep(plan, name=" ", by=lpdt)
    with pytest.raises(Refused, match="nothing in this plan"):
        baselines.keep(PlanFactory(), name="Empty", by=lpdt)
