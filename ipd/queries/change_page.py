"""A change request as its page shows it, and what a new one begins with."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from ipd.kernel.days import today
from ipd.kernel.figures import shown_figure
from ipd.kernel.measures import MEASURES, Unit
from ipd.kernel.money import money
from ipd.models import (
    ChangeElement,
    ChangeRequest,
    Contract,
    ContractElement,
    Product,
    RequirementChange,
)
from ipd.models.changes import ChangeClass, ChangeState
from ipd.models.rates import company_currency
from ipd.queries import cases, changes, contracts, simulation_results, variances
from teams.models import Function, Person, Seat

MOST_SHOWN = 50
STATE_TONES = {
    ChangeState.DRAFT: "none",
    ChangeState.SUBMITTED: "info",
    ChangeState.ASSESSED: "info",
    ChangeState.DECIDED: "on",
    ChangeState.WITHDRAWN: "none",
}


@dataclass(frozen=True)
class Row:
    """A promise before and after, and what of the tolerance that takes."""

    change: ChangeElement
    before: str
    after: str
    remark: str


@dataclass(frozen=True)
class Worth:
    """Net present value before and after, as the reader may see it."""

    before: str
    after: str
    difference: str


@dataclass(frozen=True)
class Shown:
    """The class a request has, or would have if it were submitted now, with its reasons."""

    letter: str
    needs_gate: bool
    reasons: list[str]
    rows: list[Row]

    @property
    def label(self) -> str:
        return str(ChangeClass(self.letter).label) if self.letter else ""


@dataclass(frozen=True)
class Source:
    """Where the dates after a change come from; `is_stale`: the plan has moved on since."""

    url: str
    words: str
    at: datetime
    is_stale: bool


def shown(request: ChangeRequest, *, granted: bool) -> Shown:
    """The request's promises and class: a draft's as of today, else as it was submitted."""
    contract = contracts.current([request.product_id]).get(request.product_id)
    if request.state != ChangeState.DRAFT or contract is None:
        rows = [_row(change, "", granted) for change in request.elements.all()]
        return Shown(request.change_class, request.needs_gate, [], rows)
    found, moved = changes.classified(request, contract, today())
    names = {row.element.code: row.element.name for row in moved}
    remarks = {code: [_("beyond the tolerance")] for code in found.exceeding}
    for code in found.far:
        remarks[code] = [_("twice the tolerance or more")]
    for code in found.third:
        remarks.setdefault(code, []).append(_("third request of class B"))
    said = {code: ", ".join(words) for code, words in remarks.items()}
    reasons = [f"{names[code]}: {words}" for code, words in said.items()]
    rows = [_row(row.change, said.get(row.element.code, ""), granted) for row in moved]
    return Shown(found.change_class, found.needs_gate, reasons, rows)


def _row(change: ChangeElement, remark: str, granted: bool) -> Row:
    return Row(change, *(_value(change, v, granted) for v in (change.before, change.after)), remark)


def _value(change: ChangeElement, value, granted: bool) -> str:
    if change.unit == Unit.MONEY:
        return money(round(value, 0), company_currency(), granted=granted)
    return shown_figure(value, change.unit, granted=granted)


def worth(request: ChangeRequest, *, granted: bool) -> Worth | None:
    """What the request does to the net present value; None when no case is named, or no grant."""
    named = [case for case in (request.case_before, request.case_after) if case]
    if not granted or not named:
        return None
    found = {f.case.pk: f.npv() for f in cases.figures(named)}
    before, after = (found.get(pk) for pk in (request.case_before_id, request.case_after_id))
    difference = after - before if before is not None and after is not None else None
    return Worth(
        *(
            money(None if value is None else round(value, 0), named[0].currency, granted=granted)
            for value in (before, after, difference)
        )
    )


def source(request: ChangeRequest) -> Source | None:
    """The what-if that P50 and P80 after the change were taken from; None when typed."""
    row = request.what_if
    if row is None:
        return None
    stale = row.plan_version != row.plan.version
    return Source(row.get_absolute_url(), simulation_results.words(row), row.at, stale)


def speaks_for(person: Person, request: ChangeRequest) -> list[Function]:
    """The asked functions the person speaks for: by a core seat, also as deputy, or as head."""
    seats = (
        Seat.objects.current()
        .filter(Q(person=person) | Q(deputy=person), role__is_core=True)
        .filter(team=request.product.team_id)
    )
    asked = request.assessments.values("function")
    return list(
        Function.objects.filter(Q(pk__in=seats.values("function")) | Q(head=person)).filter(
            pk__in=asked
        )
    )


def requirement_changes(request: ChangeRequest) -> list[RequirementChange]:
    """The changes of requirements that name this request as what allows them."""
    rows = RequirementChange.objects.filter(product=request.product_id, pcr=str(request))
    return list(rows.order_by("asked_on", "pk")[:MOST_SHOWN])


def proposed(product: Product) -> dict:
    """What a new request begins with: today's forecast dates, the cases before and after."""
    day = today()
    known = {}
    for name in ("p50", "p80"):
        measure = MEASURES.get(f"plan_{name}")
        readings = measure.on([product.pk], day) if measure else {}
        figure = measure.figure(readings.get(product.pk)) if measure else None
        if figure is not None:
            known[f"{name}_before"] = day.fromordinal(int(figure))
    known["case_before"] = cases.newest([product.pk], day).get(product.pk)
    known["case_after"] = product.cases.filter(state="draft").first()
    return known


def elements_of(contract: Contract) -> list[ContractElement]:
    return list(contract.elements.all())


def promised(element: ContractElement, *, granted: bool) -> str:
    """What the contract says of an element now."""
    return variances.shown(element, element.promised, granted=granted)
