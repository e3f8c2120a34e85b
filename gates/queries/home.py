"""What needs me: every list a person's first page shows, each in one query."""

from datetime import timedelta

from django.db.models import Case, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.utils import timezone

from gates.models import (
    Condition,
    Decision,
    Delegate,
    Evidence,
    GateDefinition,
    Question,
    Review,
    ReviewCriterion,
    Vote,
    Waiver,
)
from gates.models.conditions import ConditionState
from gates.models.criteria import Assessment
from gates.models.reviews import CLOSED, IN_ROOM, VOTING, Stage
from gates.queries.seat_rights import SeatRights
from ipd.kernel.days import today
from ipd.models import Product
from teams.models import Person

AHEAD = timedelta(days=45)
MOST = 100


def reviews(person: Person, rights: SeatRights) -> list[Review]:
    """Open reviews the person's seats have to do with: late, under way or within 45 days.

    `my_vote_given` and `member_vote_given` tell of the round that is being voted in;
    `member_name` is whom the person was named deputy for, `replaced` that somebody else
    votes in their place.
    """
    named = Delegate.objects.filter(review=OuterRef("pk"))
    standing = Vote.objects.standing().filter(review=OuterRef("pk"), round=OuterRef("round_now"))
    mine = named.filter(deputy=person)
    return list(
        Review.objects.open()
        .real()
        .visible_to(person)
        .filter(Q(planned_on__lte=today() + AHEAD) | ~Q(stage=Stage.PREPARING))
        .filter(
            Q(body__in=rights.held)
            | Q(product__team__in=rights.sat_in)
            | Q(pk__in=Delegate.objects.filter(deputy=person).values("review"))
        )
        .annotate(
            round_now=Case(When(stage=Stage.SECOND_VOTE, then=2), default=1),
            member=Subquery(mine.values("member")[:1]),
            member_name=Subquery(mine.values("member__name")[:1]),
            replaced=Exists(named.filter(member=person)),
        )
        .annotate(
            my_vote_given=Exists(standing.filter(voter=person)),
            member_vote_given=Exists(standing.filter(voter=OuterRef("member"))),
        )
        .select_related("product", "gate__chain", "body")
        # Should the list be cut, then not where something waits for the person.
        .order_by(Case(When(stage=Stage.PREPARING, then=1), default=0), "planned_on", "pk")[:MOST]
    )


def to_vote(review: Review, rights: SeatRights) -> bool:
    """A vote of the person's is missing in the round that is open, their own or a member's."""
    if review.stage not in VOTING:
        return False
    own = rights.in_body("vote", review) and not review.replaced and not rights.is_own(review)
    return (own and not review.my_vote_given) or (
        review.member is not None and not review.member_vote_given
    )


def to_decide(review: Review, rights: SeatRights) -> bool:
    """The meeting runs, or a circular vote is over, and the person is the one who signs."""
    over = review.circular_until is not None and review.circular_until < today()
    running = review.stage in IN_ROOM or (review.is_circular and over)
    chairs = rights.in_body("decide", review) and not rights.is_own(review)
    return running and chairs and not review.replaced


def to_prepare(review: Review, rights: SeatRights) -> bool:
    """The pack is open, and the person is the one who locks it."""
    return review.stage == Stage.PREPARING and rights.in_body("lock_pack", review)


def criteria(person: Person) -> list[ReviewCriterion]:
    """The person's criteria in open reviews that are not met, or whose evidence has aged.

    The soonest review first; `newest_on` is the day of the youngest evidence.
    """
    evidence = Evidence.objects.filter(criterion=OuterRef("pk")).order_by().values("criterion")
    newest = evidence.annotate(on=Max("dated_on")).values("on")
    rows = (
        _of_open_reviews(ReviewCriterion.objects.filter(owner=person), person, "review")
        .annotate(newest_on=Subquery(newest))  # joined and grouped it is planned for 5 ms
        .select_related("review__product", "review__gate__chain")
        .order_by("review__planned_on", "review_id", "order")
    )
    return [row for row in rows[: 3 * MOST] if row.state != Assessment.MET or is_stale(row)]


def is_stale(criterion: ReviewCriterion) -> bool:
    """Its youngest evidence is older than the chain allows."""
    limit = timedelta(days=criterion.review.gate.chain.evidence_max_age_days)
    return criterion.newest_on is not None and criterion.newest_on < today() - limit


def questions(person: Person, rights: SeatRights) -> list[Question]:
    """Unanswered questions to the person's teams, or on criteria they own."""
    rows = Question.objects.filter(answer="").filter(
        Q(criterion__owner=person)
        | Q(criterion__review__product__team__in=rights.teams_for("answer"))
    )
    return list(
        _of_open_reviews(rows, person, "criterion__review")
        .select_related("criterion__review__product", "asked_by")
        .order_by("criterion__review__planned_on", "pk")[:MOST]
    )


def conditions(person: Person) -> list[Condition]:
    """What the person owes, and what was submitted to them to verify; the oldest day first."""
    owed = Q(owner=person, state__in=[ConditionState.OPEN, ConditionState.REJECTED])
    to_verify = Q(verifier=person, state=ConditionState.SUBMITTED)
    return list(
        Condition.objects.visible_to(person)
        .filter(owed | to_verify)
        .select_related("review__product", "owner")
        .order_by("due_on", "pk")[:MOST]
    )


def waivers(person: Person, rights: SeatRights) -> list[Waiver]:
    """Waivers that wait for the person's signature, as chair or as head of the function."""
    bodies = {team for team, act, _chain in rights.body if act == "decide"}
    head = Q(criterion__function__head=person, function_signed_at=None)
    chair = Q(criterion__review__body__in=bodies, chair_signed_at=None)
    rows = _of_open_reviews(Waiver.objects.filter(head | chair), person, "criterion__review")
    rows = rows.exclude(requested_by=person).exclude(chair=person).exclude(function_head=person)
    gates = GateDefinition.objects.select_related("chain")
    return [
        waiver
        for waiver in rows.select_related(
            "criterion__review__product", "criterion__function", "requested_by"
        )
        # Two more joins and the statement, mostly of no rows, is planned for 5 ms.
        .prefetch_related(Prefetch("criterion__review__gate", gates))
        .order_by("criterion__review__planned_on", "pk")[:MOST]
        if waiver.criterion.function.head_id == person.pk
        or (
            rights.in_body("decide", waiver.criterion.review)
            and not rights.is_own(waiver.criterion.review)
        )
    ]


def decisions(person: Person, days: int = 7) -> list[Decision]:
    """Standing decisions of the last days on products the person may see, newest first."""
    since = timezone.now() - timedelta(days=days)
    products = Product.objects.visible_to(person)
    return list(
        Decision.objects.filter(superseded_at=None, decided_at__gte=since)
        .filter(Exists(products.filter(pk=OuterRef("review__product"))))
        .select_related("review__product", "outcome", "decided_by")
        .order_by("-decided_at", "-pk")[:30]
    )


def _of_open_reviews(rows: QuerySet, person: Person, path: str) -> QuerySet:
    """Rows whose review (by `path`) is open, no rehearsal, and of a visible product."""
    products = Product.objects.visible_to(person).filter(pk=OuterRef(f"{path}__product"))
    return rows.exclude(**{f"{path}__stage__in": CLOSED}).filter(
        Exists(products), **{f"{path}__is_rehearsal": False}
    )
