"""The plan in the walk: everybody looks, the team edits, its lead keeps baselines."""

from tests.factories.plans import ActivityFactory, BaselineFactory, PlanFactory
from tests.walker.rows import LPDT, TEAM, act, form, page

ACTIVITY = {"pk": "product", "activity_pk": "activity"}
TABLE = {
    "ipd:plan": page("product"),
    "ipd:plan-bar": page("product"),
    "ipd:plan-rows": page("product"),
    "ipd:plan-print": page("product"),
    "ipd:plan-begin": act("product", TEAM),
    "ipd:plan-undo": act("product", TEAM),
    "ipd:plan-redo": act("product", TEAM),
    "ipd:plan-step": act("product", TEAM),
    "ipd:plan-baselines": page("product", post=LPDT),
    "ipd:plan-comparison": page("product"),
    "ipd:plan-files": page("product", post=TEAM),
    "ipd:plan-file-confirmation": act("product", TEAM),
    "ipd:plan-file": page({"pk": "product", "name": "project.xml"}),
    "ipd:activity": page(ACTIVITY),
    "ipd:activity-new": act("product", TEAM),
    "ipd:activity-cell": form({**ACTIVITY, "field": "duration"}, TEAM),
    "ipd:load": page(),
    # A cell is a person or a function and a week: without them there is nothing behind it.
    "ipd:load-work": page(answers=frozenset([404])),
}


def objects(product, *, owner, review) -> dict[str, object]:
    plan = PlanFactory(product=product)
    activity = ActivityFactory(plan=plan, owner=owner)
    BaselineFactory(plan=plan)
    return {"activity": activity}
