"""The list of conditions, the debt they make, and one condition's history in words."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gates.models import Condition, ConditionEvent
from gates.models.conditions import UNSETTLED, ConditionState
from ipd.kernel.days import today
from ipd.kernel.keyset import Slice, part
from teams.models import Person

PAGE = 50
KEYS = ("due_on", "pk")

TONES = {
    ConditionState.OPEN: "info",
    ConditionState.SUBMITTED: "info",
    ConditionState.REJECTED: "risk",
    ConditionState.VERIFIED: "on",
    ConditionState.LAPSED: "off",
    ConditionState.WAIVED: "waived",
}

WORDS = {
    "accepted": gettext_lazy("accepted it"),
    "submitted": gettext_lazy("submitted it"),
    "verified": gettext_lazy("verified it"),
    "rejected": gettext_lazy("did not accept it"),
    "extended": gettext_lazy("gave more time"),
    "waiver_chair": gettext_lazy("signed a waiver for the chair; the function is missing"),
    "waiver_function": gettext_lazy("signed a waiver for the function; the chair is missing"),
    "waiver_withdrawn": gettext_lazy("took back the signature"),
    "waived": gettext_lazy("signed the other line: waived"),
    "lapsed": gettext_lazy("Lapsed by the clock"),
    "reminded": gettext_lazy("The owner was reminded"),
    "escalated": gettext_lazy("Overdue: escalated"),
    "unplanned_gate": gettext_lazy("An unplanned gate was asked for"),
    "not_booked": gettext_lazy("No unplanned gate could be booked"),
}


@dataclass(frozen=True)
class Debt:
    """Decision debt: what was promised for a go and is not delivered."""

    open: int
    overdue: int


@dataclass(frozen=True)
class Line:
    """One line of a condition's history."""

    at: datetime
    who: Person | None
    what: str
    note: str


def debt(person: Person) -> Debt:
    """The decision debt of all products the person may see."""
    day = today()
    sums = (
        Condition.objects.visible_to(person)
        .filter(review__is_rehearsal=False)
        .unsettled()
        .aggregate(open=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=day)))
    )
    return Debt(**sums)


def debt_of_products(product_ids) -> dict[int, Debt]:
    """The decision debt of each of these products that has any, in one query."""
    day = today()
    rows = (
        Condition.objects.unsettled()
        .filter(review__product__in=list(product_ids), review__is_rehearsal=False)
        .values("review__product")
        .annotate(open=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=day)))
    )
    return {row["review__product"]: Debt(row["open"], row["overdue"]) for row in rows}


def found(person: Person, *, state: str, whose: str, line=None, text: str = ""):
    """The conditions of a filter, among those the person may see.

    state  "unsettled", "overdue", "all", or one of the condition's states.
    whose  "all", or "mine": owned or verified by the person.
    """
    rows = Condition.objects.visible_to(person).filter(review__is_rehearsal=False)
    if state == "unsettled":
        rows = rows.filter(state__in=UNSETTLED)
    elif state == "overdue":
        rows = rows.overdue()
    elif state != "all":
        rows = rows.filter(state=state)
    if whose == "mine":
        rows = rows.filter(Q(owner=person) | Q(verifier=person))
    if line is not None:
        rows = rows.filter(review__product__line=line)
    for word in text.split()[:8]:
        rows = rows.filter(
            Q(text__icontains=word)
            | Q(owner__name__icontains=word)
            | Q(review__product__code__icontains=word)
            | Q(review__product__name__icontains=word)
            | Q(review__label__icontains=word)
        )
    return rows


def page(rows, *, after: str) -> Slice:
    """Fifty conditions by due date, with all that a row shows."""
    return part(
        rows.select_related("review__product", "owner", "verifier", "function"),
        KEYS,
        after=after,
        size=PAGE,
    )


def tone(condition: Condition) -> str:
    return "off" if condition.days_overdue else TONES[condition.state]


def history(events: list[ConditionEvent]) -> list[Line]:
    """A condition's events as sentences, the latest first."""
    return [
        Line(event.at, event.by, str(WORDS.get(event.what, _("Noted"))), event.note)
        for event in reversed(events)
    ]
