"""Short ways to a change request in each of its states."""

from ipd.actions import change_decisions, changes
from ipd.kernel.days import add_working_days, today
from tests.factories.contracts import ChangeFactory, ordinal


def request(house, moves=None, **fields):
    fields.setdefault("requester", house.lpdt)
    return ChangeFactory(product=house.product, moves=moves, **fields)


def submit(change):
    return changes.submit(change, by=change.requester, seen_version=change.version)


def assessed(change, house):
    by = {"PM": house.lpdt, "QA": house.pqa, "RD": house.core_member}
    for one in list(change.assessments.select_related("function")):
        change = changes.assess(
            change,
            function=one.function,
            opinion="supports",
            effect="",
            by=by[one.function.code],
            seen_version=change.version,
        )
    return change


def accept(change, by, verdict="accepted"):
    return change_decisions.decide(
        change, verdict=verdict, note="It holds.", by=by, seen_version=change.version
    )


def late(contract, days):
    return {"GA": ordinal(add_working_days(contract.ga_on, days))}


def dated():
    return {"p50_after": today(), "p80_after": today()}
