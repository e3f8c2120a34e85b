"""Asking for a change of the plan or the contract: drafted, submitted, assessed by functions."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ipd.actions import unplanned
from ipd.actions.contract_versions import locked_product
from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from ipd.models import ChangeAssessment, ChangeElement, ChangeRequest, Contract, Product
from ipd.models.changes import ChangeClass, ChangeState, Opinion
from ipd.models.contracts import GA
from ipd.queries import changes as queries
from ipd.queries import contracts
from ipd.queries.holders import core_people, of_acts
from teams.models import Function, Person, Seat


def locked(request: ChangeRequest, *, seen_version: int | None = None) -> ChangeRequest:
    """The request's fresh row, its product's row held first; Stale when it has moved on."""
    locked_product(Product(pk=request.product_id))
    rows = ChangeRequest.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("product__line", "requester", "case_after").get(pk=request.pk)
    if seen_version is not None and row.version != seen_version:
        raise Stale(
            _("%(request)s moved on while you were writing: it is now “%(state)s”.")
            % {"request": row, "state": row.get_state_display()}
        )
    return row


def binding(product_id: int) -> Contract:
    """The current contract; refused without one, since there is nothing to change."""
    contract = contracts.current([product_id]).get(product_id)
    if contract is None:
        raise Refused(_("There is no signed contract to change."))
    return contract


def saved(request: ChangeRequest, *fields: str) -> ChangeRequest:
    """Write the fields and count the version up."""
    request.version += 1
    request.save(update_fields=[*fields, "version"])
    return request


@transaction.atomic
def draft(
    product: Product, *, facts: Mapping[str, Any], after: Mapping[str, Decimal], by: Person
) -> ChangeRequest:
    """Begin a request; `after` says what the contract would promise instead, by code."""
    product = locked_product(product)
    contract = binding(product.pk)
    facts = _dated(product.pk, facts)
    last = product.changes.order_by("-number").values_list("number", flat=True).first()
    request = ChangeRequest.objects.create(
        product=product, number=(last or 0) + 1, requester=by, raised_on=today(), **facts
    )
    _put_elements(request, contract, after)
    return request


@transaction.atomic
def edit(
    request: ChangeRequest,
    *,
    facts: Mapping[str, Any],
    after: Mapping[str, Decimal],
    by: Person,
    seen_version: int,
) -> ChangeRequest:
    """Rewrite a draft; only its requester does."""
    request = locked(request, seen_version=seen_version)
    if request.state != ChangeState.DRAFT:
        raise Refused(_("It was submitted: what is assessed stays as it is."))
    if by.pk != request.requester_id:
        raise Refused(_("Only its requester writes a request."))
    facts = _dated(request.product_id, facts)
    for name, value in facts.items():
        setattr(request, name, value)
    _put_elements(request, binding(request.product_id), after)
    return saved(request, *facts)


def _dated(product_id: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with P50 and P80 of the what-if they name; refused for another product's."""
    row = facts.get("what_if")
    if row is None:
        return dict(facts)
    if row.what_if_of_id is None or row.plan.product_id != product_id:
        raise Refused(_("P50 and P80 are taken from a what-if of the product's own plan."))
    return {**facts, "p50_after": row.p50_on, "p80_after": row.p80_on}


def _put_elements(request: ChangeRequest, contract: Contract, after: Mapping[str, Decimal]) -> None:
    request.elements.all().delete()
    ChangeElement.objects.bulk_create(
        ChangeElement(
            request=request,
            code=element.code,
            name=element.name,
            unit=element.unit,
            before=element.promised,
            after=after[element.code],
            order=element.order,
        )
        for element in contract.elements.all()
        if element.code in after and after[element.code] != element.promised
    )


@transaction.atomic
def submit(request: ChangeRequest, *, by: Person, seen_version: int) -> ChangeRequest:
    """Hand the request in: its class is computed, and every core function is asked.

    One that only a gate decides asks for the gate at once. Refused while another change of the
    contract is waiting, when the contract has moved on since it was written, and with all that
    is missing said together.
    """
    request = locked(request, seen_version=seen_version)
    if by.pk != request.requester_id:
        raise Refused(_("Only its requester submits a request."))
    if request.state != ChangeState.DRAFT:
        raise Refused(_("It was submitted already."))
    contract = binding(request.product_id)
    changes = list(request.elements.all())
    if not queries.stands_on(changes, contract):
        raise Refused(_("The contract has changed since; open the draft and save it again."))
    found, _moved = queries.classified(request, contract, today())
    if missing := _missing(request, changes, found.change_class):
        raise Refused(" ".join(missing))
    if found.change_class != ChangeClass.C and (other := queries.in_the_way(request)):
        raise Refused(
            _("%(other)s is waiting for its decision: one change of the contract at a time.")
            % {"other": other}
        )
    request.state = ChangeState.SUBMITTED
    request.change_class, request.needs_gate = found.change_class, found.needs_gate
    saved(request, "state", "change_class", "needs_gate")
    _ask_functions(request)
    if found.needs_gate:
        reason = _("%(request)s, class %(letter)s: %(title)s") % {
            "request": request,
            "letter": found.change_class,
            "title": request.title,
        }
        unplanned.ask(request.product, reason=reason, by=by)
    return request


def _missing(request: ChangeRequest, changes: list[ChangeElement], letter: str) -> list[str]:
    """Everything that is not said yet, a sentence each."""
    asked = [
        request.changes_segment,
        request.changes_core_value,
        request.changes_architecture,
        request.changes_scope,
    ]
    missing = []
    if not changes and not any(asked):
        missing.append(_("Nothing would change: give a promise another value, or say what does."))
    if any(c.code == GA for c in changes) and not (request.p50_after and request.p80_after):
        missing.append(_("The date moves: say the new P50 and P80."))
    if letter == ChangeClass.C:
        return missing
    if not request.do_nothing.strip() or not request.stopping.strip():
        missing.append(_("Say what happens if nothing is done, and if the product is stopped."))
    if request.case_after_id is None:
        missing.append(_("Draft the business case as it would be after the change."))
    return missing


def _ask_functions(request: ChangeRequest) -> None:
    """Every function with a filled core seat has to say what the change does to it."""
    seats = Seat.objects.current().filter(
        team=request.product.team_id, role__is_core=True, person__isnull=False
    )
    functions = Function.objects.filter(pk__in=seats.values("function"))
    ChangeAssessment.objects.bulk_create(
        ChangeAssessment(request=request, function=function) for function in functions
    )
    tell(
        core_people(request.product),
        news=f"change:{request.pk}:assess",
        text=_("Assess %(request)s of %(product)s: %(title)s")
        % {"request": request, "product": request.product, "title": request.title},
        link=request.get_absolute_url(),
        why=_("You sit in the product's core team."),
        needs_action=True,
    )


@transaction.atomic
def assess(
    request: ChangeRequest,
    *,
    function: Function,
    opinion: str,
    effect: str,
    by: Person,
    seen_version: int,
) -> ChangeRequest:
    """A function says what the change does to it; when all have, it is ready to decide.

    A function may speak again until the decision. Who may speak for it is the view's right.
    """
    request = locked(request, seen_version=seen_version)
    if request.state not in (ChangeState.SUBMITTED, ChangeState.ASSESSED):
        raise Refused(_("It is not being assessed."))
    row = request.assessments.filter(function=function).first()
    if row is None:
        raise Refused(_("This function was not asked."))
    if opinion != Opinion.SUPPORTS and not effect.strip():
        raise Refused(_("Say what the change does, and under which conditions it could go."))
    row.opinion, row.effect, row.by, row.at = opinion, effect.strip(), by, timezone.now()
    row.save(update_fields=["opinion", "effect", "by", "at"])
    if request.state == ChangeState.SUBMITTED and not request.assessments.filter(opinion=""):
        request.state = ChangeState.ASSESSED
        _tell_deciders(request)
    return saved(request, "state")


def _tell_deciders(request: ChangeRequest) -> None:
    acts = ["decide_change"]
    if request.change_class == ChangeClass.C:
        acts.append("decide_small_change")
    tell(
        [p for p in of_acts(request.product, *acts) if p.pk != request.requester_id],
        news=f"change:{request.pk}:decide",
        text=_("%(request)s of %(product)s is ready to decide: %(title)s")
        % {"request": request, "product": request.product, "title": request.title},
        link=request.get_absolute_url(),
        why=_("You may decide changes of this product."),
        needs_action=not request.needs_gate,
    )


@transaction.atomic
def withdraw(request: ChangeRequest, *, by: Person, seen_version: int) -> ChangeRequest:
    """Its requester takes the request back; it stays in the list."""
    request = locked(request, seen_version=seen_version)
    if by.pk != request.requester_id:
        raise Refused(_("Only its requester withdraws a request."))
    if not request.is_open:
        raise Refused(_("It is closed: %(state)s.") % {"state": request.get_state_display()})
    request.state = ChangeState.WITHDRAWN
    return saved(request, "state")
