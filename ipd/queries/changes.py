"""Plan change requests: their class, what they would do, and which of them were accepted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count

from ipd.calculations.changes import Classified, Effect, classify
from ipd.models import ChangeElement, ChangeRequest, Contract, ContractElement, Product
from ipd.models.changes import WAITING, ChangeClass, ChangeState, Verdict


@dataclass(frozen=True)
class Moved:
    """A promise that a request changes, beside what the contract says of it."""

    change: ChangeElement
    element: ContractElement
    effect: Effect


def classified(
    request: ChangeRequest, contract: Contract, day: date
) -> tuple[Classified, list[Moved]]:
    """The class of a request held against a contract, and each promise it moves; two queries."""
    elements = {element.code: element for element in contract.elements.all()}
    earlier = earlier_moves(request)
    moved = [
        Moved(change, elements[change.code], _effect(elements[change.code], change, earlier, day))
        for change in request.elements.all()
        if change.code in elements
    ]
    essential = (
        request.changes_segment or request.changes_core_value or request.changes_architecture
    )
    found = classify(
        [row.effect for row in moved], essential=essential, scope=request.changes_scope
    )
    return found, moved


def _effect(
    element: ContractElement, change: ChangeElement, earlier: dict[str, int], day: date
) -> Effect:
    return Effect(
        element.code,
        element.missed(change.after),
        element.tolerance(day).allowed,
        earlier.get(element.code, 0),
    )


def earlier_moves(request: ChangeRequest) -> dict[str, int]:
    """How many requests of class B before this one moved each promise; lost ones do not count."""
    rows = (
        ChangeElement.objects.filter(
            request__product=request.product_id,
            request__change_class=ChangeClass.B,
            request__number__lt=request.number,
        )
        .exclude(request__state__in=[ChangeState.DRAFT, ChangeState.WITHDRAWN])
        .exclude(request__verdict=Verdict.REJECTED)
        .order_by()
        .values_list("code")
        .annotate(count=Count("pk"))
    )
    return dict(rows)


def accepted(product: Product, number: int) -> bool:
    """Whether the product's change request of that number was accepted."""
    return ChangeRequest.objects.filter(
        product=product, number=number, verdict=Verdict.ACCEPTED
    ).exists()


def in_the_way(request: ChangeRequest) -> ChangeRequest | None:
    """Another request that is about to change the same contract."""
    waiting = ChangeRequest.objects.filter(
        product=request.product_id,
        state__in=WAITING,
        change_class__in=[ChangeClass.A, ChangeClass.B],
    )
    return waiting.exclude(pk=request.pk).first()


def stands_on(changes: Iterable[ChangeElement], contract: Contract) -> bool:
    """Whether what the request takes for granted is still what the contract promises."""
    promised: dict[str, Decimal] = {e.code: e.promised for e in contract.elements.all()}
    return all(promised.get(change.code) == change.before for change in changes)


def latest(product: Product, count: int) -> list[ChangeRequest]:
    """The newest requests of a product, with who asked for them."""
    rows = product.changes.select_related("requester", "decided_by")
    return list(rows.order_by("-number")[:count])
