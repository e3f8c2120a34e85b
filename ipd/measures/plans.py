"""Measures of plans: when they end, and whether they can be believed: linked, estimated, owned."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext as text
from django.utils.translation import gettext_lazy as _

from ipd.kernel.measures import Reading, Unit, measure
from ipd.models import Activity, Link, Plan
from ipd.models.plans import ActivityKind


def _work(product_ids: Iterable[int]):
    """What has to be done or decided: neither summaries nor what is switched off."""
    return Activity.objects.filter(plan__product__in=list(product_ids), is_active=True).exclude(
        kind=ActivityKind.SUMMARY
    )


def _shares(rows, condition: Q, detail: str) -> dict[int, Reading]:
    counted = (
        rows.order_by()
        .values_list("plan__product", "plan__scheduled_at")
        .annotate(hits=Count("pk", filter=condition), n=Count("pk"))
    )
    return {
        product: Reading(hits, n, n, as_of=at and at.date(), detail=detail)
        for product, at, hits, n in counted
    }


def _is_end(end: str) -> Exists:
    """A link ends at the activity, or at one of the two summaries above it."""
    own = Q(**{end: OuterRef("pk")})
    above = Q(**{end: OuterRef("parent")}) | Q(**{end: OuterRef("parent__parent")})
    return Exists(Link.objects.filter(own | above))


@measure(
    key="plan_finish",
    label=_("Finish of the plan"),
    unit=Unit.DATE,
    higher_is_better=False,
    route="ipd:plan",
    together="most",
)
def plan_finish(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """The day on which the plan ends with its likely durations."""
    rows = Plan.objects.filter(product__in=list(product_ids), finishes_at__isnull=False)
    return {
        product: Reading(
            finish.date().toordinal(),
            as_of=at and at.date(),
            detail=text("The last finish, with likely durations."),
        )
        for product, finish, at in rows.values_list("product", "finishes_at", "scheduled_at")
    }


@measure(key="plan_linked", label=_("Activities with predecessor and successor"), route="ipd:plan")
def plan_linked(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Activities with a predecessor and a successor, their own or their summary's, of all.

    What nobody could do before the plan begins, and what ends it, have one side only; so the
    first and the last activity of a plan are counted as linked on that side.
    """
    before, after = _is_end("successor"), _is_end("predecessor")
    begins = Q(start_at__lte=F("plan__starts_at"))
    ends = Q(finish_at__gte=F("plan__finishes_at"))
    rows = _work(product_ids).alias(before=before, after=after)
    linked = (Q(before=True) | begins) & (Q(after=True) | ends)
    return _shares(rows, linked, text("Activities that wait for something and are waited for."))


@measure(key="plan_three_point", label=_("Three-point estimates"), route="ipd:plan")
def plan_three_point(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Open tasks with an optimistic and a pessimistic duration, of all open tasks."""
    rows = _work(product_ids).filter(kind=ActivityKind.TASK, actual_finish_at=None, minutes__gt=0)
    return _shares(
        rows,
        Q(optimistic_minutes__isnull=False, pessimistic_minutes__isnull=False),
        text("Open tasks with optimistic, likely and pessimistic durations."),
    )


@measure(key="plan_owned", label=_("Activities with an owner"), route="ipd:plan")
def plan_owned(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Activities, milestones and gates with an owner, of all."""
    return _shares(
        _work(product_ids), Q(owner__isnull=False), text("Activities that somebody answers for.")
    )
