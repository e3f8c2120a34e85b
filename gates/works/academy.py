"""What gates know of somebody's learning: rehearsals, and the gaps of the gates they lead."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gates.models import Exercise, ReviewCriterion
from gates.models.criteria import Assessment
from gates.models.definitions import Weight
from gates.queries.rehearsals import coming, to_vote
from teams.facts import tells
from teams.models import Person
from teams.practice import Gap, Practice, practises
from teams.queries.academy.waiting import NO_DAY, waits

FIRST = 8  # gaps of a gate that are told


@tells("rehearsal_vote")
def rehearsal_votes(person: Person, seat, params):
    """Decided gates of the chain (of any, without one) that the person decided anew."""
    rows = Exercise.objects.filter(person=person, voted_at__isnull=False)
    chain = params.get("gate_chain")
    return rows.filter(review__gate__chain__code=chain) if chain else rows


@waits(text=_("Vote in the rehearsal of %(who)s, %(what)s"), route="gates:rehearsal")
def rehearsals(person: Person):
    """Open rehearsals in which the person's vote of this round is missing."""
    return to_vote(person).values_list("pk", "product__name", "label", NO_DAY)


@practises
def gaps_of_next_gates(person: Person) -> list[Practice]:
    """The next gate of each product whose team the person leads, and what it lacks; two queries."""
    rows = coming(person).order_by("product_id", "planned_on", "pk").distinct("product_id")
    reviews = {row.pk: row for row in rows}
    lacking = ReviewCriterion.objects.filter(
        ~Q(state=Assessment.MET), ~Q(weight=Weight.ADVISORY), review__in=reviews
    )
    found: dict[int, list[ReviewCriterion]] = {pk: [] for pk in reviews}
    for row in lacking.order_by("review", "weight", "order"):
        found[row.review_id].append(row)
    return [
        Practice(
            name=review.product.name,
            gate=review.label,
            on=review.planned_on,
            url=review.get_absolute_url(),
            total=len(found[pk]),
            gaps=[_gap(row) for row in found[pk][:FIRST]],
            practice_url=reverse("gates:rehearsal-new", args=[pk]),
        )
        for pk, review in sorted(reviews.items(), key=lambda item: item[1].planned_on)
    ]


def _gap(row: ReviewCriterion) -> Gap:
    return Gap(
        text=f"{row.code} {row.text}",
        url=row.get_absolute_url(),
        label=row.get_state_display(),
        tone=row.state,
    )
