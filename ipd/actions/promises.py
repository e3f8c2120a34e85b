"""Promises to customers: entered, backed by a committed requirement, kept or not."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions import touches
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from ipd.models import CustomerPromise, Product, Requirement
from ipd.models.promises import PromiseState
from ipd.models.requirement_words import Level
from ipd.queries.holders import of_act, who_may_see
from teams.models import Person


def locked(promise: CustomerPromise, *, seen_version: int | None = None) -> CustomerPromise:
    """The promise's fresh row, locked; Stale when the page was drawn before its last change."""
    row = (
        CustomerPromise.objects.select_for_update(of=("self",), no_key=True)
        .select_related("product__line", "requirement", "promised_by")
        .get(pk=promise.pk)
    )
    if seen_version is not None and seen_version != row.version:
        raise Stale(
            _("This promise changed while you were writing: it is now “%(state)s”.")
            % {"state": row.get_state_display()}
        )
    return row


@transaction.atomic
def enter(
    product: Product,
    *,
    customer: str,
    text: str,
    by: Person,
    promised_on: date,
    due_on: date | None = None,
    requirement: Requirement | None = None,
) -> CustomerPromise:
    """Write down what was promised; an unbacked one is told to the team's lead at once.

    Raises Refused for a day ahead, a due day before the promise, a requirement that cannot
    back it, or the same promise twice.
    """
    if promised_on > today():
        raise Refused(_("What was promised was promised today or earlier."))
    if due_on is not None and due_on < promised_on:
        raise Refused(_("It cannot have been due before it was promised."))
    _refuse_foreign(product, requirement)
    try:
        with transaction.atomic():
            promise = CustomerPromise.objects.create(
                product=product,
                customer=customer.strip(),
                text=text.strip(),
                promised_by=by,
                promised_on=promised_on,
                due_on=due_on,
                requirement=requirement,
            )
    except IntegrityError as error:
        told = {"customer": customer}
        raise Refused(_("%(customer)s was promised this already.") % told) from error
    touches.touch([product.pk])
    if not promise.is_backed:
        tell(
            who_may_see(product, of_act("decide_small_change", line=product.line, product=product)),
            news=f"promise:{promise.pk}:unbacked",
            text=_("Promised without a committed requirement: %(promise)s") % {"promise": promise},
            link=promise.get_absolute_url(),
            why=_("You lead the product's team."),
        )
    return promise


def _refuse_foreign(product: Product, requirement: Requirement | None) -> None:
    if requirement is None:
        return
    if requirement.level != Level.IR or requirement.product_id != product.pk:
        raise Refused(
            _("%(code)s cannot back it: name an initial requirement (IR) of this product.")
            % {"code": requirement.code}
        )


@transaction.atomic
def back(
    promise: CustomerPromise, *, requirement: Requirement | None, seen_version: int
) -> CustomerPromise:
    """Name the requirement that stands behind the promise, or none.

    One that is not committed yet may be named; the promise stays unbacked until it is.
    Raises Refused once the promise is over.
    """
    row = locked(promise, seen_version=seen_version)
    _refuse_over(row)
    _refuse_foreign(row.product, requirement)
    row.requirement = requirement
    return _save(row, "requirement")


@transaction.atomic
def close(
    promise: CustomerPromise, *, state: str, note: str, by: Person, seen_version: int
) -> CustomerPromise:
    """Say how it ended: kept, broken or withdrawn with the customer's consent.

    Raises Refused when it is over already, or when a broken or withdrawn one has no word on
    what the customer was told.
    """
    row = locked(promise, seen_version=seen_version)
    _refuse_over(row)
    if state not in (PromiseState.KEPT, PromiseState.BROKEN, PromiseState.WITHDRAWN):
        raise Refused(_("A promise ends kept, broken or withdrawn."))
    if state != PromiseState.KEPT and not note.strip():
        raise Refused(_("Say what the customer was told."))
    row.state, row.note, row.closed_on = state, note.strip(), today()
    _save(row, "state", "note", "closed_on")
    if by.pk != row.promised_by_id:
        tell(
            who_may_see(row.product, [row.promised_by]),
            news=f"promise:{row.pk}:{state}",
            text=_("%(state)s: %(promise)s") % {"state": row.get_state_display(), "promise": row},
            link=row.get_absolute_url(),
            why=_("You gave this promise."),
        )
    return row


def _refuse_over(row: CustomerPromise) -> None:
    if row.state != PromiseState.OPEN:
        raise Refused(_("It is over: %(state)s.") % {"state": row.get_state_display()})


def _save(row: CustomerPromise, *fields: str) -> CustomerPromise:
    row.version += 1
    row.save(update_fields=[*fields, "version"])
    touches.touch([row.product_id])
    return row
