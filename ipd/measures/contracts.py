"""Measures of contracts: is there one, does it hold, and what the work on it will have cost."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from ipd.kernel.measures import Reading, Unit, measure
from ipd.models import Contract, ContractStanding, Requirement
from ipd.models.requirement_words import OUT_STATES, Level
from ipd.models.standings import Standing
from ipd.queries import earned_value


@measure(
    key="contract_signed",
    label=gettext_lazy("Contract signed"),
    unit=Unit.COUNT,
    route="ipd:contract",
    together="sum",
)
def contract_signed(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """1 with a contract signed by the day and not ended then, else 0."""
    ids = list(product_ids)
    rows = Contract.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=last), product__in=ids, signed_on__lte=last
    )
    signed = dict(rows.values_list("product", "signed_on"))
    return {product: Reading(int(product in signed), as_of=signed.get(product)) for product in ids}


@measure(
    key="contract_within_tolerance",
    label=gettext_lazy("Contract elements inside their tolerance"),
    route="ipd:contract",
)
def contract_within_tolerance(
    product_ids: Iterable[int], first: date, last: date
) -> dict[int, Reading]:
    """Elements of the current contract that are not beyond their tolerance, of all with a reading.

    As they stood when their facts last moved.
    """
    rows = (
        ContractStanding.objects.filter(product__in=list(product_ids))
        .exclude(standing=Standing.UNKNOWN)
        .order_by()
        .values_list("product")
        .annotate(
            held=Count("pk", filter=~Q(standing=Standing.BROKEN)),
            read=Count("pk"),
            newest=Max("read_at"),
        )
    )
    return {
        product: Reading(held, read, read, as_of=timezone.localdate(newest))
        for product, held, read, newest in rows
    }


@measure(
    key="cost_at_completion",
    label=gettext_lazy("Development cost at completion"),
    unit=Unit.MONEY,
    higher_is_better=False,
    route="ipd:money",
    together="sum",
)
def cost_at_completion(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """What the work will have cost when it goes on as it went so far (EAC)."""
    until = earned_value.status_day(last)
    return {
        product: Reading(value.eac, as_of=until)
        for product, value in earned_value.as_of(list(product_ids), until).items()
        if value.eac is not None
    }


@measure(
    key="contracted_requirements",
    label=gettext_lazy("Contracted system requirements"),
    unit=Unit.COUNT,
    route="ipd:requirements",
    together="sum",
)
def contracted_requirements(
    product_ids: Iterable[int], first: date, last: date
) -> dict[int, Reading]:
    """System requirements in the contract's scope that have not been dropped."""
    rows = (
        Requirement.objects.filter(
            product__in=list(product_ids), level=Level.SR, is_contracted=True
        )
        .order_by()
        .values_list("product")
        .annotate(count=Count("pk", filter=~Q(status__in=OUT_STATES)))
    )
    return {product: Reading(count) for product, count in rows}
