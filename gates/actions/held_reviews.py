"""Each held review leaves one row of what it tells of the process, from its own events."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gates.models import (
    Condition,
    Deferral,
    HeldReview,
    Presence,
    Recommendation,
    Review,
    ReviewCriterion,
    Score,
    Vote,
    Waiver,
)
from gates.models.definitions import Weight
from gates.models.facts import Assessment
from gates.models.held_reviews import DecisionKind
from gates.models.reviews import Stage
from ipd.kernel.access import Stale

REOPENED_WITHIN = timedelta(days=90)
# What follows from a review's own events; the rest people state, or nobody knows.
FOLLOWS = [
    *("line", "gate", "kind", "asked_on", "held_on", "told_on", "people", "meeting_hours"),
    *("is_as_recommended", "is_unanimous", "has_changed", "deferrals", "musts", "waived"),
]


def keep(reviews: Iterable[int]) -> None:
    """Write, or write anew, what these held reviews tell; a fixed number of queries."""
    rows = {
        row.pk: row
        for row in Review.objects.real()
        .held()
        .filter(pk__in=list(reviews))
        .select_related("gate", "product")
    }
    told = {row.review_id: row for row in HeldReview.objects.filter(review__in=rows)}
    events = _Events(rows)
    HeldReview.objects.bulk_create(
        [_row(review, told.get(pk), events) for pk, review in sorted(rows.items())],
        update_conflicts=True,
        unique_fields=["review"],
        update_fields=FOLLOWS,
    )
    _mark_reopened({row.product_id for row in rows.values()})


class _Events:
    """What happened in these reviews, by review."""

    def __init__(self, rows: dict[int, Review]):
        self.recommended = dict(
            Recommendation.objects.filter(review__in=rows).values_list("review", "outcome")
        )
        self.voted = {
            review: (kinds, silent)
            for review, kinds, silent in Vote.objects.standing()
            .filter(review__in=rows, round=1)
            .order_by()
            .values_list("review")
            .annotate(
                kinds=Count("outcome", distinct=True), silent=Count("pk", filter=Q(outcome=None))
            )
        }
        scores = Score.objects.filter(
            vote__review__in=rows, vote__round=1, vote__superseded_at=None
        ).order_by()
        spread = scores.values("criterion").annotate(low=Min("score"), high=Max("score"))
        self.differed = set(
            spread.filter(high__gt=F("low")).values_list("criterion__review", flat=True)
        )
        self.deferrals = _counted(Deferral.objects.filter(review__in=rows), "review")
        self.conditions = _counted(Condition.objects.filter(review__in=rows), "review")
        musts = ReviewCriterion.objects.filter(review__in=rows, weight=Weight.MUST)
        self.musts = _counted(musts.exclude(state=Assessment.NO_DATA), "review")
        waivers = Waiver.objects.filter(
            criterion__review__in=rows,
            chair_signed_at__isnull=False,
            function_signed_at__isnull=False,
        )
        self.waived = _counted(waivers, "criterion__review")
        self.present: dict[int, list[Presence]] = {}
        for row in Presence.objects.filter(review__in=rows).order_by("pk"):
            self.present.setdefault(row.review_id, []).append(row)

    def is_unanimous(self, review: int) -> bool | None:
        """All first votes were for one outcome, and no criterion's scores differed."""
        if review not in self.voted:
            return None
        kinds, silent = self.voted[review]
        return kinds == 1 and not silent and review not in self.differed

    def attended(self, review: Review) -> tuple[int | None, float | None]:
        """How many were in the room while it was open, and their hours together."""
        if review.opened_at is None:
            return None, None
        hours = [
            (min(row.last_seen_at, review.decided_at) - max(row.entered_at, review.opened_at))
            / timedelta(hours=1)
            for row in self.present.get(review.pk, ())
        ]
        stayed = [one for one in hours if one > 0]
        return (len(stayed), round(sum(stayed), 2)) if stayed else (None, None)


def _counted(rows, by: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(n=Count("pk")))


def _row(review: Review, old: HeldReview | None, events: _Events) -> HeldReview:
    old = old or HeldReview()
    people, meeting = events.attended(review)
    recommended = events.recommended.get(review.pk)
    conditions = events.conditions.get(review.pk, 0)
    as_recommended = None if recommended is None else recommended == review.outcome_id
    told = old.told_on or timezone.localtime(review.decided_at).date()
    asked = review.locked_at and min(timezone.localtime(review.locked_at).date(), told)
    return HeldReview(
        review=review,
        line_id=review.product.line_id,
        gate=review.gate.code,
        kind=_kind(review),
        asked_on=old.asked_on or asked,
        held_on=review.held_on,
        told_on=told,
        people=old.people or people,
        meeting_hours=old.meeting_hours if old.meeting_hours is not None else meeting,
        is_as_recommended=as_recommended,
        is_unanimous=events.is_unanimous(review.pk),
        has_changed=as_recommended is False or conditions > 0,
        deferrals=events.deferrals.get(review.pk, 0),
        musts=events.musts.get(review.pk, 0),
        waived=events.waived.get(review.pk, 0),
    )


def _kind(review: Review) -> DecisionKind:
    if review.is_circular:
        return DecisionKind.OFFLINE
    if review.gate.unplanned:
        return DecisionKind.UNPLANNED
    return DecisionKind.TECHNICAL if review.gate.feeds_id else DecisionKind.DECISION


def _mark_reopened(products: set[int]) -> None:
    """A review that passed and is decided anew within 90 days: at its own gate, or, where the
    board decides, by an unplanned one."""
    later = Review.objects.real().filter(
        Q(gate=OuterRef("review__gate"))
        | Q(gate__unplanned=True, gate__chain=OuterRef("review__gate__chain")),
        product=OuterRef("review__product"),
        stage=Stage.DECIDED,
        decided_at__gt=OuterRef("review__decided_at"),
        held_on__lte=OuterRef("held_on") + REOPENED_WITHIN,
    )
    passed = HeldReview.objects.filter(
        Exists(later),
        review__product__in=products,
        review__outcome__passes=True,
        is_reopened=False,
    )
    HeldReview.objects.filter(pk__in=list(passed.values_list("pk", flat=True))).update(
        is_reopened=True
    )


@transaction.atomic
def state_hours(
    held: HeldReview,
    *,
    preparing_hours: float,
    reading_hours: float,
    meeting_hours: float,
    people: int,
    seen_version: int,
) -> HeldReview:
    """Say how many hours the people of a held review spent on it, all of them together."""
    row = HeldReview.objects.select_for_update(of=("self",)).get(pk=held.pk)
    if row.version != seen_version:
        raise Stale(_("Somebody stated the hours meanwhile; please look again."))
    row.preparing_hours, row.reading_hours = preparing_hours, reading_hours
    row.meeting_hours, row.people = meeting_hours, people
    row.version += 1
    row.save(
        update_fields=["preparing_hours", "reading_hours", "meeting_hours", "people", "version"]
    )
    return row
