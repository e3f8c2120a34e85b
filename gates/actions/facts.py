"""Facts of computed criteria: read when something moved, kept with the criterion, then frozen.

A fact moves while the pack is prepared and while it waits, locked, for its meeting: a trace
that was completed the evening before counts. It stands still from the moment the room opens
(off-line: from the lock, since votes are cast from then on), because deciders must vote on
what they were shown, all on the same, and a figure that changes between two votes would make
the earlier one an answer to another question. A deferred meeting lets it move again.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gates.actions import readiness
from gates.calculations.facts import SEVERITY, state_of, worst
from gates.models import CriterionFact, Review, ReviewCriterion
from gates.models.facts import Assessment
from gates.models.reviews import Stage
from ipd.kernel.actions import touches
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import add_working_days, today
from ipd.kernel.measures import MEASURES, Reading, Status
from ipd.queries.holders import who_may_see

log = logging.getLogger(__name__)

# A rehearsal is read when it is made, and again when its room opens.
MOVING = Q(is_rehearsal=False) & (
    Q(stage=Stage.PREPARING) | Q(stage=Stage.LOCKED, is_circular=False)
)
NEAR = 10  # working days before the meeting from which an owner hears of a worse figure
PRODUCTS_AT_ONCE = 200
SAID = ["numerator", "denominator", "n", "status", "as_of", "detail", "figure", "state"]

Readings = dict[int, Reading]


def refresh(product_ids: Iterable[int]) -> int:
    """Read the facts of these products' open reviews again; how many criteria changed state.

    One computation per measure for all products. A review that somebody works on right now
    is not waited for: its product is touched, so that the next round reads it.
    """
    ids = set(product_ids)
    if not ids:
        return 0
    with transaction.atomic():
        waiting = Review.objects.filter(MOVING, product__in=ids)
        free = waiting.select_for_update(skip_locked=True, of=("self",), no_key=True)
        found = list(free.select_related("product").order_by("pk"))
        left = waiting.exclude(pk__in=[review.pk for review in found])
        touches.touch(left.values_list("product", flat=True))
        return _read(found)


def read(review: Review) -> int:
    """Read the facts of one review, whose row the caller has locked and gets back fresh."""
    moved = _read([review])
    review.refresh_from_db(fields=["readiness_percent", "pulse", "version"])
    return moved


def refresh_all() -> int:
    """Read every open review's facts: days pass without anybody touching anything."""
    products = Review.objects.filter(MOVING).order_by("product").distinct()
    ids = list(products.values_list("product", flat=True))
    steps = range(0, len(ids), PRODUCTS_AT_ONCE)
    return sum(refresh(ids[start : start + PRODUCTS_AT_ONCE]) for start in steps)


def _read(reviews: list[Review]) -> int:
    by_pk = {review.pk: review for review in reviews}
    criteria = list(
        ReviewCriterion.objects.filter(review__in=by_pk)
        .exclude(measure="")
        .select_related("fact", "owner")
    )
    readings = _readings(criteria, by_pk)
    now = timezone.now()
    new, same, moved, worse = [], [], [], []
    for criterion in criteria:
        if criterion.measure not in readings:
            continue
        review = by_pk[criterion.review_id]
        before = getattr(criterion, "fact", None)
        fact = fact_of(criterion, readings[criterion.measure].get(review.product_id), now)
        if before is not None and all(getattr(fact, n) == getattr(before, n) for n in SAID):
            same.append(criterion.pk)
        else:
            new.append(fact)
        if before is not None and _is_worse(fact.state, before.state):
            worse.append((criterion, review, before.state, fact.state))
        state = worst([fact.state, criterion.judged])
        if state != criterion.state:
            criterion.state, criterion.version = state, criterion.version + 1
            moved.append(criterion)
    _write(new, same, moved, by_pk, now)
    for told in worse:
        _tell_owner(*told)
    return len(moved)


def _readings(criteria: list[ReviewCriterion], reviews: dict[int, Review]) -> dict[str, Readings]:
    """Each measure once for all its products; one that fails is left out, and the log says so."""
    asked = defaultdict(set)
    for criterion in criteria:
        asked[criterion.measure].add(reviews[criterion.review_id].product_id)
    day, found = today(), {}
    for key, products in asked.items():
        if key not in MEASURES:
            found[key] = {}
            continue
        try:
            with transaction.atomic():
                found[key] = MEASURES[key].on(products, day)
        except Exception:
            log.exception("The measure %s could not be read; its facts stay as they were.", key)
    return found


def fact_of(criterion: ReviewCriterion, reading: Reading | None, at: datetime) -> CriterionFact:
    """What a reading says of a criterion; without one there is no data.

    A reading that is not due counts as met: there is nothing yet that could have failed.
    """
    reading = reading or Reading(0, 0, 0, Status.MISSING)
    measure = MEASURES.get(criterion.measure)
    figure = measure.figure(reading) if measure else None
    state = Assessment.MET
    if reading.status != Status.NOT_DUE or figure is not None:
        state = state_of(
            figure,
            operator=criterion.operator,
            threshold=criterion.threshold,
            partly=criterion.partly,
        )
    return CriterionFact(
        criterion=criterion,
        numerator=_kept(reading.numerator),
        denominator=_kept(reading.denominator),
        n=reading.n,
        status=str(reading.status),
        as_of=reading.as_of,
        detail=str(reading.detail),
        figure=None if figure is None else _kept(figure),
        state=state,
        read_at=at,
    )


def _kept(number):
    """As the column keeps it, so that an unchanged figure is seen to be one."""
    return CriterionFact._meta.get_field("figure").to_python(round(number, 6))


def _write(new, same, moved, reviews: dict[int, Review], now: datetime) -> None:
    CriterionFact.objects.bulk_create(
        new,
        update_conflicts=True,
        unique_fields=["criterion"],
        update_fields=[*SAID, "read_at"],
        batch_size=500,
    )
    CriterionFact.objects.filter(pk__in=same).update(read_at=now)
    ReviewCriterion.objects.bulk_update(moved, ["state", "version"], batch_size=500)
    readiness.measure({criterion.review_id for criterion in moved})
    touched = {fact.criterion.review_id for fact in new} | {row.review_id for row in moved}
    Review.objects.filter(pk__in=touched).update(pulse=F("pulse") + 1)
    # Whoever is about to open the room has to look again when a state moved.
    locked = {c.review_id for c in moved if reviews[c.review_id].is_locked}
    if locked:
        Review.objects.filter(pk__in=locked).update(version=F("version") + 1)


def _is_worse(state: str, before: str) -> bool:
    return SEVERITY.index(state) > SEVERITY.index(before)


def _tell_owner(criterion: ReviewCriterion, review: Review, before: str, now: str) -> None:
    """The owner hears of a worse figure once the pack is locked, or the meeting is near."""
    near = review.planned_on <= add_working_days(today(), NEAR)
    if not (review.is_locked or near):
        return
    names = dict(Assessment.choices)
    tell(
        who_may_see(review.product, [criterion.owner]),
        news=f"fact:{criterion.pk}:{now}:{today()}",
        text=_("%(code)s of %(review)s got worse: %(before)s → %(now)s.")
        % {"code": criterion.code, "review": review, "before": names[before], "now": names[now]},
        link=criterion.get_absolute_url(),
        why=_("You answer for this criterion, and it is computed."),
        needs_action=review.is_locked,
    )
