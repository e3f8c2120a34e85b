"""Booking, moving and locking reviews."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gates.actions import deeds, facts, meetings, portfolio, readiness
from gates.models import GateDefinition, Review, ReviewCriterion, Tailoring
from gates.models.definitions import TailoringKind
from gates.models.facts import COPIED
from gates.models.reviews import Stage
from gates.permissions import voters_of
from gates.queries import practice
from gates.queries.criterion_verdicts import standing, weight_of
from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import add_working_days, today
from ipd.models import LineBody, Product
from ipd.models.products import ProductStatus
from teams.actions.academy.deeds import PACK_LOCKED, REVIEW_BOOKED
from teams.models import Function, Person, Seat


def locked(review: Review, *, seen_version: int | None = None) -> Review:
    """The review's fresh row, locked until the transaction ends.

    Raises Stale when the caller's page was drawn before the last step.
    """
    row = Review.objects.select_for_update(of=("self",), no_key=True).for_page().get(pk=review.pk)
    if seen_version is not None and seen_version != row.version:
        raise Stale(
            _("This review moved on while you were writing: it is now “%(stage)s”.")
            % {"stage": row.get_stage_display()}
        )
    return row


def body_of(product: Product, gate: GateDefinition):
    """The team that decides at this gate for the product's line.

    Raises Refused when the line has no such body.
    """
    bodies = LineBody.objects.filter(kind=gate.chain.body).select_related("team")
    body = bodies.filter(line=product.line_id).first() or bodies.filter(line=None).first()
    if body is None:
        raise Refused(
            _("The line %(line)s has no %(body)s that could decide.")
            % {"line": product.line.name, "body": gate.chain.body}
        )
    return body.team


def label_of(product: Product, gate: GateDefinition) -> str:
    """The gate's name for this product: its code, or what tailoring calls it.

    Raises Refused for a gate that tailoring skipped or merged into another.
    """
    tailored = Tailoring.objects.filter(product=product).select_related("into")
    for row in tailored.filter(Q(gate=gate) | Q(into=gate)):
        if row.into_id == gate.pk:
            return row.label or f"{gate.code}+{row.gate.code}"
        if row.kind == TailoringKind.SKIPPED:
            raise Refused(_("%(gate)s is skipped for this product.") % {"gate": gate.code})
        if row.kind == TailoringKind.MERGED:
            raise Refused(
                _("%(gate)s is held together with %(into)s.")
                % {"gate": gate.code, "into": row.into.code}
            )
    return gate.code


@transaction.atomic
def book(
    product: Product,
    gate: GateDefinition,
    *,
    planned_on: date,
    by: Person | None,
    is_circular: bool = False,
    reason: str = "",
) -> Review:
    """Book the product's next attempt at a gate, and freeze the criteria it will ask.

    Each criterion gets the holder of its function's seat as owner. Raises Refused when the
    gate is not in the product's process, a review of it is open already, the product is
    cancelled or retired, the day is past, or the gate may not be decided off-line.
    """
    product = (
        Product.objects.select_for_update(of=("self",), no_key=True)
        .select_related("line", "process")
        .get(pk=product.pk)
    )
    if gate.chain.process_id != product.process_id:
        raise Refused(_("This gate is not in the product's process."))
    if product.status in (ProductStatus.CANCELLED, ProductStatus.RETIRED):
        raise Refused(_("The product is %(status)s.") % {"status": product.get_status_display()})
    if planned_on < today():
        raise Refused(_("The meeting day has passed already."))
    if is_circular and not gate.circular_allowed:
        raise Refused(_("The process allows no off-line decision at this gate."))
    attempts = Review.objects.real().filter(product=product, gate=gate)
    if attempts.open().exists():
        raise Refused(_("A review of this gate is open already."))
    last = attempts.aggregate(last=Max("attempt"))
    review = Review.objects.create(
        product=product,
        gate=gate,
        label=label_of(product, gate),
        attempt=(last["last"] or 0) + 1,
        body=body_of(product, gate),
        baseline_on=planned_on,
        planned_on=planned_on,
        is_circular=is_circular,
        reason=reason,
    )
    ask_criteria(review)
    readiness.measure([review.pk])
    facts.read(review)
    meetings.moved([product.pk])
    tell(
        [seat.person for seat in core_seats(product)],
        news=f"booked:{review.pk}",
        text=_("%(review)s is booked for %(day)s.") % {"review": review, "day": planned_on},
        link=review.get_absolute_url(),
        why=_("You sit in the product's team."),
    )
    deeds.note(review, REVIEW_BOOKED, by)
    return review


def core_seats(product: Product):
    """Today's filled seats of the product's team, with their people."""
    seats = Seat.objects.current().filter(team=product.team_id, person__isnull=False)
    return seats.select_related("person", "function", "role")


def ask_criteria(review: Review) -> None:
    """Copy the gate's criteria with their bindings, and those of gates merged into it.

    What their owners decided on criteria holds from the next review on.
    """
    merged = Tailoring.objects.filter(product=review.product_id, into=review.gate_id)
    gates = [review.gate_id, *merged.values_list("gate_id", flat=True)]
    owners = {}
    for seat in core_seats(review.product):
        owners.setdefault(seat.function.code, seat.person_id)
    functions = {function.code: function.pk for function in Function.objects.all()}
    definitions = GateDefinition.objects.filter(pk__in=gates).prefetch_related("criteria")
    verdicts, day = standing(review.gate.chain.process.code), today()
    asked = [
        (criterion, weight)
        for gate in definitions
        for criterion in gate.criteria.all()
        if (weight := weight_of(criterion, verdicts.get((gate.code, criterion.code)), day))
    ]
    rows = [
        ReviewCriterion(
            review=review,
            code=criterion.code,
            function_id=functions[criterion.function],
            weight=weight,
            text=criterion.text,
            evidence_asked=criterion.evidence,
            order=number,
            owner_id=owners.get(criterion.function),
            **{name: getattr(criterion, name) for name in COPIED},
        )
        for number, (criterion, weight) in enumerate(asked, start=1)
    ]
    ReviewCriterion.objects.bulk_create(rows)


@transaction.atomic
def move(review: Review, *, planned_on: date, reason: str, by: Person, seen_version: int) -> Review:
    """Plan the meeting for another day; the baseline stays, so the delay shows.

    Raises Refused once the meeting runs or is over, and for a day that has passed.
    """
    review = locked(review, seen_version=seen_version)
    if review.stage not in (Stage.PREPARING, Stage.LOCKED):
        raise Refused(_("The meeting has begun; it can be decided or deferred."))
    if planned_on < today():
        raise Refused(_("The meeting day has passed already."))
    review.planned_on, review.reason = planned_on, reason
    review.save(update_fields=["planned_on", "reason"])
    review.bump(version=True)
    meetings.moved([review.product_id])
    tell(
        [seat.person for seat in core_seats(review.product)],
        news=f"moved:{review.pk}:{review.version}",
        text=_("%(review)s moved to %(day)s: %(reason)s")
        % {"review": review, "day": planned_on, "reason": reason},
        link=review.get_absolute_url(),
        why=_("You sit in the product's team."),
    )
    return review


def lock_blockers(review: Review, criteria: Iterable[ReviewCriterion] | None = None) -> list[str]:
    """Why the pack cannot be sent to the deciders yet; must-criteria need a judgement, and who
    presents needs a certificate or a certified mentor where a rule says so.

    criteria  the review's, with their facts, when a page has loaded them already.
    """
    if review.stage != Stage.PREPARING:
        return [_("The pack is locked already.")]
    if criteria is None:
        criteria = review.criteria.select_related("fact")
    said = []
    codes = [row.code for row in criteria if row.is_must and not row.is_assessed]
    if codes:
        said = [_("Not assessed yet: %(codes)s.") % {"codes": ", ".join(codes)}]
    return [*said, *practice.blockers(practice.presenting(review))]


@transaction.atomic
def lock_pack(review: Review, *, by: Person, seen_version: int) -> Review:
    """Send the pack: what arrives from now on is an addendum, and deciders may vote blind.

    Computed criteria are read once more before. Off-line, the chain's `circular_days` in
    which all must vote begin now, and the facts stand still.

    Raises Refused while a must-criterion has no judgement (also a red one is a judgement), and
    while who presents lacks the practice that is asked for.
    """
    review = locked(review, seen_version=seen_version)
    if review.stage == Stage.PREPARING:
        facts.read(review)
    if blockers := lock_blockers(review):
        raise Refused(" ".join(blockers))
    review.stage, review.locked_at = Stage.LOCKED, timezone.now()
    if review.is_circular:
        review.circular_until = add_working_days(today(), review.gate.chain.circular_days)
    review.save(update_fields=["stage", "locked_at", "circular_until"])
    review.bump(version=True)
    deeds.note(review, PACK_LOCKED, by)
    portfolio.refresh([review.product_id])
    tell(
        [voter.acts_through for voter in voters_of(review)],
        news=f"pack:{review.pk}",
        text=_("Read the pack and vote: %(review)s, %(day)s")
        % {"review": review, "day": review.planned_on},
        link=f"{review.get_absolute_url()}vote/",
        why=_("You vote in this review."),
        needs_action=True,
    )
    return review
