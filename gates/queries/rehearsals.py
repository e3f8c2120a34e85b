"""A team's rehearsal: who plays in it, what it found, and what is still open of that."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from gates.models import RehearsalGap, RehearsalSeat, Review, ReviewCriterion, Vote
from gates.models.criteria import Assessment
from gates.models.definitions import Weight
from gates.models.rehearsals import BOARD, Part
from gates.models.reviews import IN_ROOM, Stage
from gates.queries.agenda import Spread
from gates.queries.readiness import lacks
from gates.queries.review_page import criteria_of, evidence_of, newest, oldest_fresh
from gates.queries.room import SEALED, Tally, spreads_of, tally
from teams.models import DecisionRight, Person, Seat
from teams.models.rights import SeatedIn
from teams.permissions import by_seat_in_team

WEAK = 5  # a mean score of the board up to this one is a gap
MOST = 50


def found_by_itself(review: Review) -> list[tuple[ReviewCriterion, str]]:
    """What the pack lacks and what the board doubted, a sentence for each criterion.

    Scores are told only once the votes are open.
    """
    evidence, oldest = evidence_of(review), oldest_fresh(review)
    spreads: dict[int, Spread] = {}
    if review.stage not in SEALED:
        spreads = spreads_of(list(_votes(review).prefetch_related("scores")))
    found = []
    for row in criteria_of([review.pk]).order_by("order"):
        if row.weight == Weight.ADVISORY:
            continue
        words = lacks(row, newest(evidence.get(row.pk, [])), oldest=oldest)
        spread = spreads.get(row.pk)
        if spread and (spread.is_wide or spread.mean <= WEAK):
            words.append(_("the board scored it %(scores)s") % {"scores": spread.words})
        if words:
            found.append((row, ", ".join(words)))
    return found


def _votes(review: Review):
    return Vote.objects.standing().filter(review=review)


@dataclass(frozen=True)
class Page:
    """`part` is the reader's own; `tally` is empty while votes are sealed."""

    seats: list[RehearsalSeat]
    part: str
    gaps: list[RehearsalGap]
    tally: list[Tally]
    criteria: list[ReviewCriterion]
    voted: int
    voters: int

    @property
    def players(self) -> list[RehearsalSeat]:
        return [seat for seat in self.seats if seat.part != Part.TEAM]

    @property
    def team(self) -> list[RehearsalSeat]:
        return [seat for seat in self.seats if seat.part == Part.TEAM]

    @property
    def open_gaps(self) -> int:
        return sum(gap.settled_at is None for gap in self.gaps)

    @property
    def musts(self) -> list[ReviewCriterion]:
        return [row for row in self.criteria if row.is_must]

    @property
    def musts_met(self) -> int:
        return sum(row.state == Assessment.MET for row in self.musts)


def page(review: Review, person: Person) -> Page:
    """Four queries."""
    seats = list(review.rehearsal_seats.select_related("person", "function").order_by("pk"))
    seats.sort(key=lambda seat: list(Part).index(Part(seat.part)))
    votes = list(_votes(review).select_related("outcome"))
    now = [vote for vote in votes if vote.round == review.current_round]
    return Page(
        seats=seats,
        part=next((seat.part for seat in seats if seat.person_id == person.pk), ""),
        gaps=gaps_of(review),
        tally=[] if review.stage in SEALED else tally(votes),
        criteria=list(review.criteria.order_by("order")),
        voted=len(now),
        voters=sum(seat.is_board for seat in seats),
    )


def gaps_of(review: Review) -> list[RehearsalGap]:
    """What was found, what is still open first."""
    rows = RehearsalGap.objects.filter(review=review).select_related(
        "criterion", "found_by", "settled_by"
    )
    return sorted(rows, key=lambda row: row.settled_at is not None)


def with_open_gaps(reviews: QuerySet[Review], person: Person) -> QuerySet[Review]:
    """The same reviews, each with what rehearsals of it found and nobody settled (`open_gaps`).

    Only for those who took part; in the same query. `part` is the one that the person played.
    """
    gaps = (
        RehearsalGap.objects.filter(
            review__rehearsal__source=OuterRef("pk"),
            review__rehearsal_seats__person=person,
            settled_at=None,
        )
        .exclude(review__stage__in=IN_ROOM)
        .order_by("criterion__order", "pk")
    )
    told = JSONObject(
        pk="pk",
        text="text",
        code="criterion__code",
        asked="criterion__text",
        part="review__rehearsal_seats__part",
        rehearsal="review_id",
    )
    return reviews.annotate(open_gaps=ArraySubquery(gaps.values(told=told)[:MOST]))


def of_person(person: Person) -> list[Review]:
    """Rehearsals the person takes part in, those under way first; `my_part`, `open_count`."""
    seats = RehearsalSeat.objects.filter(person=person)
    rows = (
        Review.objects.visible_to(person)
        .filter(is_rehearsal=True, pk__in=seats.values("review"))
        .select_related("product", "outcome", "rehearsal")
        .annotate(
            open_count=Count("rehearsal_gaps", filter=Q(rehearsal_gaps__settled_at=None)),
        )
        .order_by("-rehearsal__made_at")[:MOST]
    )
    return sorted(rows, key=lambda row: not row.is_open)


def under_way(source: Review, person: Person) -> Review | None:
    """The open rehearsal of this gate, if the person takes part in it."""
    rows = Review.objects.open().visible_to(person).filter(is_rehearsal=True)
    return rows.filter(product=source.product_id, gate=source.gate_id).first()


def coming(person: Person) -> QuerySet[Review]:
    """Coming gates of the teams that the person presents for, each with its product."""
    presents = DecisionRight.objects.filter(
        by_seat_in_team(person),
        act="present",
        role__seats__team=OuterRef("product__team"),
        chain__in=["", OuterRef("gate__chain__code")],
    )
    rows = Review.objects.real().visible_to(person)
    rows = rows.filter(Exists(presents), stage__in=[Stage.PREPARING, Stage.LOCKED])
    return rows.select_related("product")


def to_rehearse(person: Person) -> list[Review]:
    """Coming gates that the person may rehearse now, the next first."""
    under_way = Review.objects.open().filter(
        is_rehearsal=True, product=OuterRef("product"), gate=OuterRef("gate")
    )
    rows = coming(person).exclude(Exists(under_way)).select_related("gate")
    return list(rows.order_by("planned_on", "pk")[:MOST])


def part_of(review: Review, person: Person) -> str:
    """The part the person plays; blank without one."""
    seats = RehearsalSeat.objects.filter(review=review, person=person)
    return seats.values_list("part", flat=True).first() or ""


def people_to_ask(source: Review) -> list[Person]:
    """Colleagues to choose from: who sits in some body, or leads another team; not the own team.

    For a confidential product those who sit in a body of its line, since they may see it.
    """
    seats = Seat.objects.current().filter(person=OuterRef("pk"))
    in_body = seats.filter(team__bodies__isnull=False)
    if source.product.is_confidential:
        asked = Exists(in_body.filter(team__bodies__line=source.product.line_id))
    else:
        presents = {"role__rights__act": "present", "role__rights__seated_in": SeatedIn.TEAM}
        asked = Exists(in_body) | Exists(seats.filter(**presents))
    own = Seat.objects.current().filter(team=source.product.team_id)
    rows = Person.objects.filter(asked, is_active=True)
    rows = rows.exclude(pk__in=own.exclude(person=None).values("person"))
    return list(rows.order_by("name", "pk").only("code", "name")[: 2 * MOST])


def to_vote(person: Person) -> QuerySet[Review]:
    """Open rehearsals in which the person plays the board and has not voted in this round."""
    plays = RehearsalSeat.objects.filter(review=OuterRef("pk"), person=person, part__in=BOARD)
    first = Vote.objects.standing().filter(review=OuterRef("pk"), voter=person, round=1)
    second = Vote.objects.standing().filter(review=OuterRef("pk"), voter=person, round=2)
    sealed = Q(stage__in=[Stage.LOCKED, Stage.FIRST_VOTE]) & ~Exists(first)
    return (
        Review.objects.open()
        .visible_to(person)
        .filter(Exists(plays), sealed | Q(stage=Stage.SECOND_VOTE) & ~Exists(second))
        .filter(is_rehearsal=True)
    )
