"""Custom fields that mean something here (three-point durations, owner, gate …), and baselines."""

from decimal import Decimal
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from ipd.mspdi import values
from ipd.mspdi.xml import Kept, children, text

if TYPE_CHECKING:
    from ipd.mspdi.reading import File

LIMITS = {"function": 60, "owner": 150, "group": 60, "gate": 20}
MOST_BASELINES = 10


def number_of(kept: Kept) -> str:
    """The field's number of a kept custom field."""
    parts = kept[1] if isinstance(kept[1], list) else []
    return next((str(child[1]).strip() for child in parts if child[0] == "FieldID"), "")


def field(element: Element, file: "File", meaning: str) -> str:
    """What the task's custom field of that meaning says."""
    for attribute in children(element, "ExtendedAttribute"):
        if file.fields.get(text(attribute, "FieldID")) == meaning:
            return text(attribute, "Value")
    return ""


def read(element: Element, file: "File", at, row: dict) -> dict:
    """Estimates, and who and what it belongs to, as far as the file has fields for it."""
    found = {name: field(element, file, name)[:most] for name, most in LIMITS.items()}
    low = _duration(element, file, at, "optimistic")
    high = _duration(element, file, at, "pessimistic")
    if low is None or high is None or not low <= row["minutes"] <= high:
        if low is not None or high is not None:
            told = {"name": row["name"]}
            file.notes.append(
                _("%(name)s: optimistic, likely and pessimistic are not in order.") % told
            )
        low = high = None
    distribution = field(element, file, "distribution").casefold()
    return {
        "optimistic_minutes": low,
        "pessimistic_minutes": high,
        "distribution": "triangular" if distribution.startswith("tri") else "pert",
        "function": found["function"],
        "owner": found["owner"],
        "group": found["group"],
        "gate": found["gate"],
        "kind": "gate" if found["gate"] else row["kind"],
    }


def _duration(element: Element, file: "File", at, meaning: str) -> int | None:
    """A duration field's minutes; a number is days."""
    said = field(element, file, meaning)
    if not said:
        return None
    try:
        if said.startswith("P"):
            return values.minutes(said)
        found = values.number(said) * file.minutes_per_day
        if 0 <= found <= values.MOST_MINUTES:
            return round(found)
    except ValueError:
        pass
    at.refuse("ExtendedAttribute", said, _("a duration that is not negative, as PT8H0M0S"))
    return None


def baselines(element: Element, row: dict, file: "File", at) -> None:
    """The task's dates in baselines 0 to 10; interim plans stay as they are."""
    for baseline in children(element, "Baseline"):
        number = at.whole(baseline, "Number", 0, 0, 1000)
        if number > MOST_BASELINES:
            continue
        start, finish = at.moment(baseline, "Start"), at.moment(baseline, "Finish")
        if start is None and finish is None:
            continue
        kept = file.picture.baselines.setdefault(
            number, {"name": _name(number), "finish_at": None, "rows": {}}
        )
        cost = at.number(baseline, "Cost")
        kept["rows"][row["code"]] = {
            "name": row["name"],
            "start_at": start,
            "finish_at": finish,
            "minutes": at.minutes(baseline, "Duration") or 0,
            "effort_minutes": at.minutes(baseline, "Work") or 0,
            "cost": None if cost is None else (cost / 100).quantize(Decimal("0.01")),
        }
        if finish is not None:
            kept["finish_at"] = max(kept["finish_at"] or finish, finish)


def _name(number: int) -> str:
    return _("Baseline %(number)s") % {"number": number} if number else _("Baseline")
