"""Who presents a review, who sits beside them, and which certificate is lacking.

One query, made of the review's own: pages add it to the one they make anyway.
"""

from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext as _

from gates.models import Presenter, Review
from gates.models.presenters import PRESENT, PractisedAct
from gates.models.reviews import CLOSED
from teams.models import Certificate, Person, PracticeRule, Seat
from teams.models.rights import SeatedIn

IN_CHAIN = ["", OuterRef("gate__chain__code")]


@dataclass(frozen=True)
class Practice:
    """For one act at one review.

    row      the Presenter, where somebody was named
    person   who does it: the one named, or else the holder of the team's lead seat
    asked    paths whose certificate is asked for; `lacking` those that neither holds
    """

    row: Presenter | None = None
    person_id: int | None = None
    person_name: str = ""
    asked: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)

    @property
    def mentor(self) -> Person | None:
        return self.row.mentor if self.row else None

    @property
    def names(self) -> str:
        """Who, and who beside them, as a sentence's subject."""
        if self.mentor is None:
            return self.person_name
        told = {"person": self.person_name, "mentor": self.mentor.name}
        return _("%(person)s, with %(mentor)s beside") % told


def _rules(chain, day) -> QuerySet[PracticeRule]:
    """The rules that hold in a chain for a review planned on a day."""
    begun = Q(since=None) | Q(since__lte=day)
    return PracticeRule.objects.filter(begun, chain__in=["", chain]).order_by("path")


def rules_for(act: str) -> QuerySet[PracticeRule]:
    """The rules about the act that hold for a review of the outer query."""
    return _rules(OuterRef("gate__chain__code"), OuterRef("planned_on")).filter(act=act)


def lead_seats() -> QuerySet[Seat]:
    """The seats in the product's team that may present at a review of the outer query, the
    lead's first."""
    return (
        Seat.objects.current()
        .filter(
            Q(person__isnull=False) | Q(deputy__isnull=False),
            team=OuterRef("product__team"),
            role__rights__act=PRESENT,
            role__rights__seated_in=SeatedIn.TEAM,
            role__rights__chain__in=IN_CHAIN,
        )
        .order_by("role__order", "pk")
    )


def with_presenter(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """The same reviews, each knowing what `presenting` tells of it."""
    certificates = Certificate.objects.valid()
    beside = Q(person=OuterRef("presented__person")) | Q(person=OuterRef("presented__mentor"))
    own = certificates.filter(person=Coalesce(OuterRef("person"), OuterRef("deputy")))
    lead = JSONObject(
        pk=Coalesce("person", "deputy"),
        name=Coalesce("person__name", "deputy__name"),
        held=ArraySubquery(own.values("path")),
    )
    return (
        reviews.annotate(
            presented=FilteredRelation("presenters", condition=Q(presenters__act=PRESENT))
        )
        .annotate(
            lead_seat=Subquery(lead_seats().values(told=lead)[:1]),
            paths_held=ArraySubquery(certificates.filter(beside).values("path")),
            paths_asked=ArraySubquery(rules_for(PRESENT).values("path")),
        )
        .select_related("presented__person", "presented__mentor")
    )


def presenting(review: Review) -> Practice:
    """Who presents; read here unless the review came through `with_presenter`."""
    if not hasattr(review, "paths_asked"):
        review = with_presenter(Review.objects.filter(pk=review.pk)).get()
    asked = [] if review.is_rehearsal else review.paths_asked
    if row := getattr(review, "presented", None):
        pk, name, held = row.person_id, row.person.name, review.paths_held
    elif lead := review.lead_seat:
        pk, name, held = lead["pk"], lead["name"], lead["held"]
    else:
        pk, name, held = None, "", []
    return Practice(row, pk, name, asked, [path for path in asked if path not in held])


def blockers(found: Practice) -> list[str]:
    """Why the review cannot go on with this presenter, and what to do."""
    if not found.lacking:
        return []
    if found.person_id is None:
        return [_("Nobody presents: the lead's seat is open. Name who presents.")]
    told = {"person": found.person_name, "paths": ", ".join(found.lacking)}
    return [
        _(
            "%(person)s presents without a valid certificate (%(paths)s): name a certified "
            "mentor beside them, or somebody certified who presents."
        )
        % told
    ]


def with_leader(reviews: QuerySet[Review], act: str, by: Person) -> QuerySet[Review]:
    """The same reviews, each knowing what `by` lacks to lead them by that act."""
    beside = Presenter.objects.filter(review=OuterRef(OuterRef(OuterRef("pk"))), act=act, person=by)
    held = Certificate.objects.valid().filter(
        Q(person=by) | Q(person__in=beside.values("mentor")), path=OuterRef("path")
    )
    lacking = rules_for(act).exclude(Exists(held))
    return reviews.annotate(**{f"unled_{act}": ArraySubquery(lacking.values("path"))})


def leading_blockers(review: Review, act: str, by: Person) -> list[str]:
    """Why `by` may not run the room or decide, where a rule asks for practice; one query unless
    the review came through `with_leader`."""
    if review.is_rehearsal or review.stage in CLOSED:
        return []
    if not hasattr(review, f"unled_{act}"):
        review = with_leader(Review.objects.filter(pk=review.pk), act, by).get()
    paths = getattr(review, f"unled_{act}")
    if not paths:
        return []
    told = {"paths": ", ".join(paths)}
    return [
        _(
            "You have no valid certificate for this (%(paths)s): have a certified mentor named "
            "beside you, or let somebody certified do it."
        )
        % told
    ]


def rules_of(review: Review) -> QuerySet[PracticeRule]:
    """The rules that hold for this review."""
    return _rules(review.gate.chain.code, review.planned_on)


def asked(review: Review, act: str) -> list[str]:
    """The paths whose certificate the act asks for at this review."""
    return list(rules_of(review).filter(act=act).values_list("path", flat=True))


def acts_asked(review: Review) -> list[str]:
    """Acts that somebody may be named for: presenting always, leading where a rule is about it."""
    ruled = {PRESENT, *rules_of(review).values_list("act", flat=True)}
    return [act for act in PractisedAct.values if act in ruled]


def eligible(review: Review, act: str) -> list[Person]:
    """Whose seats allow the act at this review: in the team to present, in the body to lead."""
    in_team = act == PRESENT
    seats = Seat.objects.current().filter(
        team=review.product.team_id if in_team else review.body_id,
        role__rights__act=act,
        role__rights__seated_in=SeatedIn.TEAM if in_team else SeatedIn.BODY,
        role__rights__chain__in=["", review.gate.chain.code],
    )
    found: dict[int, Person] = {}
    for seat in seats.select_related("person", "deputy").order_by("role__order", "pk"):
        for person in (seat.person, seat.deputy if in_team else None):
            if person is not None:
                found.setdefault(person.pk, person)
    return list(found.values())
