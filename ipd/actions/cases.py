"""Business cases: drafted from the last version, entered in a grid, accepted and then kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions import ledger
from ipd.kernel.actions.touches import touch
from ipd.kernel.days import today
from ipd.models import BusinessCase, CaseFlow, Product
from ipd.models.cases import CaseState, Scenario
from ipd.models.rates import company_currency
from teams.models import Person

DEFAULT_RATE = Decimal(12)
TAKEN_OVER = ["currency", "hurdle_rate", "unit_cost", "price", "volume", "delay_cost", "note"]


@dataclass(frozen=True)
class Row:
    """What a year brings in and takes out in a scenario, for a region or as a whole."""

    scenario: str
    year: int
    inflow: Decimal
    outflow: Decimal
    region: str = ""


@transaction.atomic
def begin(product: Product, *, by: Person) -> BusinessCase:
    """Draft the next version as a copy of the last; refused while another draft is open."""
    product = Product.objects.select_for_update(of=("self",), no_key=True).get(pk=product.pk)
    last = product.cases.order_by("-version").first()
    if last is not None and last.is_draft:
        raise Refused(_("There is a draft already."))
    given = {name: getattr(last, name) for name in TAKEN_OVER} if last else {}
    case = BusinessCase.objects.create(
        product=product,
        version=last.version + 1 if last else 1,
        on=today(),
        by=by,
        **{"hurdle_rate": DEFAULT_RATE, "currency": company_currency(), **given},
    )
    if last:
        CaseFlow.objects.bulk_create(
            CaseFlow(
                case=case,
                scenario=flow.scenario,
                year=flow.year,
                region=flow.region,
                inflow=flow.inflow,
                outflow=flow.outflow,
            )
            for flow in last.flows.all()
        )
    return case


def locked(case: BusinessCase, *, seen_revision: int) -> BusinessCase:
    """The draft's fresh row; refused once accepted, Stale when somebody wrote meanwhile."""
    rows = BusinessCase.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("product").filter(pk=case.pk).first()
    if row is None or not row.is_draft:
        raise Refused(_("This version is accepted, and stays as it is: draft the next one."))
    if row.revision != seen_revision:
        raise Stale(_("Somebody changed this draft while you were writing."))
    return row


@transaction.atomic
def write(
    case: BusinessCase,
    *,
    facts: Mapping[str, Any],
    rows: Iterable[Row],
    by: Person,
    seen_revision: int,
) -> BusinessCase:
    """Replace a draft's assumptions and all its flows by what was entered."""
    case = locked(case, seen_revision=seen_revision)
    for name, value in facts.items():
        setattr(case, name, value)
    case.by = by
    case.revision += 1
    case.save(update_fields=[*facts, "by", "revision"])
    case.flows.all().delete()
    CaseFlow.objects.bulk_create(
        CaseFlow(
            case=case,
            scenario=row.scenario,
            year=row.year,
            region=row.region,
            inflow=row.inflow,
            outflow=row.outflow,
        )
        for row in rows
    )
    touch([case.product_id])
    return case


@transaction.atomic
def discard(case: BusinessCase, *, by: Person, seen_revision: int) -> None:
    """Give up a draft; refused while a change request is built on it."""
    case = locked(case, seen_revision=seen_revision)
    if request := case.product.changes.filter(case_after=case).first():
        raise Refused(_("%(request)s is built on this draft.") % {"request": request})
    case.delete()
    touch([case.product_id])


@transaction.atomic
def accept(case: BusinessCase, *, by: Person, seen_revision: int) -> BusinessCase:
    """A second person takes the figures as the product's; from then on nobody changes them.

    Refused to whoever wrote it last, and without flows of the base case.
    """
    case = locked(case, seen_revision=seen_revision)
    if case.by_id == by.pk:
        raise Refused(_("Somebody else accepts what you entered."))
    if not case.flows.filter(scenario=Scenario.BASE).exists():
        raise Refused(_("The base case has no flows yet."))
    return seal(case, by=by)


def seal(case: BusinessCase, *, by: Person) -> BusinessCase:
    """Mark a draft as accepted, in the caller's transaction, and enter it in the ledger."""
    case.state, case.accepted_by, case.accepted_on = CaseState.ACCEPTED, by, today()
    case.save(update_fields=["state", "accepted_by", "accepted_on"])
    flows = [
        [flow.scenario, flow.year, flow.region, flow.inflow, flow.outflow]
        for flow in case.flows.all()
    ]
    ledger.record(
        kind="business case accepted",
        subject=f"product:{case.product_id}",
        body={
            "version": case.version,
            "gate": case.gate,
            "hurdle_rate": case.hurdle_rate,
            "flows": ledger.digest(flows),
        },
        by=by,
    )
    touch([case.product_id])
    return case
