"""Measures of the schedule against the contract: the original one, and the one in force.

The duration runs from the day the first version was signed to its general availability; its
end is the one that was reached, or else half of the runs of the newest simulation keep it, or
else the plan has it.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.measures import MEASURES, Reading, Status, Unit, measure
from ipd.models import Contract
from ipd.queries.releases import released

ROUTE = "ipd:contract"


def _promised(ids: list[int], day: date) -> dict[int, tuple[date, date, date]]:
    """When each product's contract was first signed, its first GA day, and the one in force."""
    found: dict[int, tuple[date, date, date]] = {}
    rows = Contract.objects.filter(product__in=ids, signed_on__lte=day).order_by("version")
    for product, signed_on, ga_on in rows.values_list("product", "signed_on", "ga_on"):
        start, first, _last = found.get(product, (signed_on, ga_on, ga_on))
        found[product] = (start, first, ga_on)
    return found


def _ends(ids: list[int], day: date) -> dict[int, tuple[date, Status, str]]:
    """When each product reaches the market, how sure that is, and what says so."""
    ends = {pk: (on, Status.MEASURED, gettext("reached")) for pk, on in released(ids, day).items()}
    for key, word in (("plan_p50", gettext("P50")), ("plan_finish", gettext("finish of the plan"))):
        left = [pk for pk in ids if pk not in ends]
        for pk, reading in (MEASURES[key].on(left, day) if left else {}).items():
            ends[pk] = (date.fromordinal(int(reading.numerator)), reading.status, word)
    return ends


def _deviations(product_ids: Iterable[int], day: date, *, original: bool) -> dict[int, Reading]:
    promised = _promised(list(product_ids), day)
    readings = {}
    for pk, (end, status, said_by) in _ends(list(promised), day).items():
        start, first, last = promised[pk]
        promise = first if original else last
        if promise > start:
            readings[pk] = Reading(
                (end - promise).days,
                (promise - start).days,
                status=status,
                as_of=day,
                detail=gettext("%(end)s (%(by)s) against %(promise)s, from %(start)s")
                % {"end": end, "by": said_by, "promise": promise, "start": start},
            )
    return readings


@measure(
    key="schedule_deviation_original",
    label=_("Schedule over the original contract's"),
    higher_is_better=False,
    route=ROUTE,
)
def schedule_deviation_original(
    product_ids: Iterable[int], first: date, last: date
) -> dict[int, Reading]:
    """How much longer the way from contract to market is than first promised, in percent of it."""
    return _deviations(product_ids, last, original=True)


@measure(
    key="schedule_deviation_current",
    label=_("Schedule over the current contract's"),
    higher_is_better=False,
    route=ROUTE,
)
def schedule_deviation_current(
    product_ids: Iterable[int], first: date, last: date
) -> dict[int, Reading]:
    """The same against the version in force: changes that were granted are forgiven."""
    return _deviations(product_ids, last, original=False)


@measure(
    key="time_from_contract",
    label=_("Contract to general availability"),
    unit=Unit.COUNT,
    higher_is_better=False,
    route=ROUTE,
    together="median",
)
def time_from_contract(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Calendar days from the first signature to a general availability in the period."""
    promised = _promised(list(product_ids), last)
    reached = released(promised, last)
    return {
        pk: Reading(0, 0, 0, Status.NOT_DUE, as_of=last)
        if pk not in reached
        else Reading((reached[pk] - start).days, as_of=reached[pk])
        for pk, (start, _first, _last) in promised.items()
        if reached.get(pk, last) >= first
    }
