"""The register of promises to customers, of one product or of all that may be seen."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from ipd.kernel.days import today
from ipd.kernel.keyset import Slice, part
from ipd.models import CustomerPromise
from ipd.models.promises import PromiseState
from ipd.queries import contracts
from teams.models import Person

PAGE = 50
NO_DAY = date(9999, 12, 31)


@dataclass(frozen=True)
class Row:
    """A promise and how it stands; `early` is the GA date when that lies behind the day."""

    promise: CustomerPromise
    tone: str
    early: date | None


def found(person: Person, *, show: str, product=None) -> QuerySet[CustomerPromise]:
    """The promises a filter asks for: "unbacked", "open", "late" or "all"."""
    rows = CustomerPromise.objects.visible_to(person)
    if product is not None:
        rows = rows.filter(product=product)
    if show == "unbacked":
        return rows.unbacked()
    if show == "late":
        return rows.open().filter(due_on__lt=today())
    return rows if show == "all" else rows.open()


def page(rows: QuerySet[CustomerPromise], *, after: str) -> Slice:
    """Fifty rows, the next due first; those without a day at the end."""
    rows = rows.select_related("product", "requirement", "promised_by")
    ordered = rows.annotate(day=Coalesce(F("due_on"), NO_DAY))
    slice_ = part(ordered, ("day", "pk"), after=after, size=PAGE)
    ga = contracts.ga_dates({row.product_id for row in slice_.rows})
    return Slice([_row(row, ga.get(row.product_id)) for row in slice_.rows], slice_.after)


def row_of(promise: CustomerPromise) -> Row:
    """One promise as its own page shows it."""
    ga = contracts.ga_dates([promise.product_id]).get(promise.product_id)
    return _row(promise, ga)


def _row(promise: CustomerPromise, ga: date | None) -> Row:
    early = ga if promise.due_on and ga and promise.due_on < ga else None
    return Row(promise, tone(promise), early)


def tone(promise: CustomerPromise) -> str:
    if promise.state != PromiseState.OPEN:
        return {"kept": "on", "broken": "off", "withdrawn": "waived"}[promise.state]
    if not promise.is_backed:
        return "off"
    return "risk" if promise.due_on and promise.due_on < today() else "info"
