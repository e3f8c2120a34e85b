"""What a person may do at a review, and why a step is not possible yet."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from gates.actions import recommendations, reviews, room
from gates.models import Delegate, GateDefinition, Review, ReviewCriterion
from gates.models.reviews import IN_ROOM, VOTING, Stage
from gates.permissions import rights_of
from ipd.kernel.forms.seen import SeenForm
from ipd.models import Product
from teams.models import Person


@dataclass(frozen=True)
class Act:
    """A button or a link; with blockers it is shown disabled, the reasons beside it."""

    label: str
    url: str
    form: SeenForm | None = None
    blockers: list[str] = field(default_factory=list)
    is_primary: bool = False


def _to(name: str, review: Review) -> str:
    return reverse(f"gates:{name}", args=[review.pk])


def acts_of(
    review: Review, rights: frozenset[str], person: Person, criteria: Iterable[ReviewCriterion]
) -> list[Act]:
    """The steps open to the person at this stage, the next one first."""
    if review.stage == Stage.WITHDRAWN:
        return []
    if review.stage == Stage.DECIDED:
        if review.is_rehearsal:
            return []
        return _afterwards(review, rights, person)
    mandate = _has_mandate(review, rights, person)
    steps: list[Act] = []
    if review.stage in IN_ROOM:
        steps.append(Act(_("Enter the room"), _to("review-room", review), is_primary=True))
    elif "lock_pack" in rights and review.stage == Stage.PREPARING:
        why = reviews.lock_blockers(review, criteria)
        form = SeenForm.fresh(review, auto_id="lock_%s")
        steps.append(Act(_("Lock the pack"), _to("review-lock", review), form, why, not why))
    if "run_room" in rights and not review.is_circular and review.stage == Stage.LOCKED:
        why = room.open_blockers(review, person)
        form = SeenForm.fresh(review, auto_id="open_%s")
        steps.append(Act(_("Open the room"), _to("review-open", review), form, why, not why))
    if mandate:
        main = not any(step.is_primary for step in steps)
        steps.append(Act(_("Vote"), _to("review-vote", review), is_primary=main))
    if mandate and review.is_circular:
        steps.append(Act(_("Object"), _to("review-defer", review)))
    if "decide" in rights and review.stage != Stage.PREPARING:
        ends = "rehearsal-decision" if review.is_rehearsal else "review-decide"
        steps.append(Act(_("Decide"), _to(ends, review)))
    if "book" in rights and review.stage in (Stage.PREPARING, Stage.LOCKED):
        steps.append(Act(_("Move"), _to("review-move", review)))
    if "present" in rights and review.stage in recommendations.UNTIL_OPEN:
        steps.append(Act(_("Recommend"), _to("review-recommendation", review)))
    still_to_come = review.stage in (Stage.PREPARING, Stage.LOCKED) and not review.is_rehearsal
    if "present" in rights and still_to_come:
        steps.append(Act(_("Rehearse"), _to("rehearsal-new", review)))
    if rights & {"present", "book"} and not review.is_rehearsal:
        steps.append(Act(_("Presenter and mentor"), _to("review-presenter", review)))
    if rights & {"name_deputies", "mark_conflicts"}:
        steps.append(Act(_("Voters, deputies, conflicts"), _to("review-voters", review)))
    return steps


def _has_mandate(review: Review, rights: frozenset[str], person: Person) -> bool:
    """A seat that votes, or a deputy's; whether it counts here the vote's page decides."""
    if review.stage not in VOTING:
        return False
    return bool(rights & {"vote", "decide"}) or (
        Delegate.objects.filter(review=review, deputy=person).exists()
    )


def _afterwards(review: Review, rights: frozenset[str], person: Person) -> list[Act]:
    steps = []
    named = getattr(review, "presented", None)
    if named and named.mentor_id == person.pk and named.signed_at is None:
        url = reverse("gates:presenter-cosignature", args=[named.pk])
        steps.append(Act(_("Co-sign"), url, is_primary=True))
    if "book" in rights:
        url = reverse("gates:review-new", args=[review.product_id])
        if review.outcome.comes_back:
            url += f"?gate={review.gate_id}"
        steps.append(Act(_("Book a follow-up"), url))
    if rights & {"present", "run_room"}:
        steps.append(Act(_("State the hours"), _to("review-hours", review)))
    return steps


def rights_at(person: Person, product: Product, gate: GateDefinition) -> frozenset[str]:
    """The person's rights at a gate that is not booked yet, from the body that would decide."""
    body = reviews.body_of(product, gate)
    return rights_of(person, Review(product=product, gate=gate, body=body))


def rights_at_product(person: Person, product: Product) -> frozenset[str]:
    """The rights the person has at one of the product's chains at least."""
    gates = GateDefinition.objects.filter(chain__process=product.process_id)
    firsts = gates.select_related("chain").order_by("chain", "order").distinct("chain")
    return frozenset().union(*(rights_at(person, product, gate) for gate in firsts))
