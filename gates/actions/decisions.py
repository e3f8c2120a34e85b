"""Deciding: checks, the frozen facts, the ledger and the effects, in one transaction."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gates.actions import effects, held_reviews, meetings, presenters, reviews
from gates.actions.blocking import blockers, decision_body_blockers
from gates.actions.freezing import freeze
from gates.actions.terms import Terms, refuse_incomplete
from gates.models import Citation, Condition, Decision, Deferral, Dissent, Outcome, Review
from gates.models.reviews import CLOSED, Stage
from gates.permissions import voters_of
from gates.queries import practice
from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger, touches
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.models import Person


@transaction.atomic
def decide(
    review: Review, *, by: Person, seen_version: int, outcome: Outcome, terms: Terms
) -> Decision:
    """Close the review with an outcome, and carry out what it means for the product.

    One transaction: the decision with the frozen facts, dissents, conditions, phase, money,
    the next review, the ledger entry, and the notices. Raises Stale when the page was drawn
    before the last step, Refused with every reason at once.
    """
    review = reviews.locked(review, seen_version=seen_version)
    if review.stage in CLOSED:
        raise Refused(_("This review has been decided already."))
    if review.is_rehearsal:
        raise Refused(_("A rehearsal decides nothing; end it on its own page."))
    voters = voters_of(review)
    reasons = [
        *blockers(review, outcome, voters=voters),
        *decision_body_blockers(review, by, voters=voters),
        *practice.leading_blockers(review, "decide", by),
    ]
    if reasons:
        raise Refused(" ".join(reasons))
    refuse_incomplete(review, outcome, terms, voters=voters)
    if outcome.cancels:
        effects.refuse_cancel_after_ga(effects.locked_product(review))

    frozen = freeze(review, voters=voters)
    decision = _write(review, by=by, outcome=outcome, terms=terms, frozen=frozen)
    review.stage, review.outcome, review.held_on = Stage.DECIDED, outcome, today()
    review.decided_at = decision.decided_at
    review.save(update_fields=["stage", "outcome", "held_on", "decided_at"])
    review.bump(version=True)
    effects.apply(decision, review, by=by)
    held_reviews.keep([review.pk])
    meetings.moved([review.product_id])
    touches.touch([review.product_id])
    _announce(decision, review, voters)
    presenters.ask_to_cosign(review)
    return decision


def _write(
    review: Review, *, by: Person, outcome: Outcome, terms: Terms, frozen: dict, supersedes=None
) -> Decision:
    """The decision's row with its ledger entry, dissents and conditions."""
    frozen_hash = ledger.digest(frozen)
    entry = ledger.record(
        kind="decision",
        subject=f"review:{review.pk}",
        body={
            "product": review.product_id,
            "gate": review.label,
            "attempt": review.attempt,
            "outcome": outcome.code,
            "terms": terms.as_record(),
            "frozen": frozen_hash,
            "supersedes": supersedes.ledger_sequence if supersedes else None,
        },
        by=by,
    )
    decision = Decision.objects.create(
        review=review,
        outcome=outcome,
        decided_by=by,
        decided_at=timezone.now(),
        frozen=frozen,
        frozen_hash=frozen_hash,
        ledger_sequence=entry.sequence,
        ledger_hash=entry.hash,
        supersedes=supersedes,
        **terms.as_fields(),
    )
    Dissent.objects.bulk_create(
        Dissent(decision=decision, person=person, reason=reason)
        for person, reason in terms.dissents
    )
    if supersedes is None:
        _give_conditions(review, terms)
    return decision


def _give_conditions(review: Review, terms: Terms) -> None:
    """The conditions, and which criteria they and the decision itself rest on."""
    made = Condition.objects.bulk_create(
        Condition(
            review=review,
            number=number,
            original_due_on=condition.due_on,
            **condition.as_fields(),
        )
        for number, condition in enumerate(terms.conditions, start=1)
    )
    Citation.objects.bulk_create(
        [
            *(Citation(criterion=criterion) for criterion in dict.fromkeys(terms.cites)),
            *(
                Citation(criterion=given.criterion, condition=condition)
                for given, condition in zip(terms.conditions, made, strict=True)
                if given.criterion
            ),
        ]
    )


def _announce(decision: Decision, review: Review, voters) -> None:
    text = _("%(review)s: %(outcome)s") % {"review": review, "outcome": decision.outcome}
    link = decision.get_absolute_url()
    team = [seat.person for seat in reviews.core_seats(review.product)]
    tell(
        [*team, *(voter.acts_through for voter in voters)],
        news=f"decision:{decision.pk}",
        text=text,
        link=link,
        why=_("You sit in the product's team or in the deciding body."),
    )
    for condition in review.conditions.select_related("owner"):
        tell(
            [condition.owner],
            news=f"condition:{condition.pk}",
            text=_("Accept your condition, due %(day)s: %(text)s")
            % {"day": condition.due_on, "text": condition.text},
            link=condition.get_absolute_url(),
            why=_("You were named owner of a condition."),
            needs_action=True,
        )


@transaction.atomic
def defer(
    review: Review, *, by: Person, seen_version: int, why: str, note: str, moved_to
) -> Deferral:
    """End a meeting without a decision; the delay is the body's, and the review stays open.

    Votes given are set aside (and kept), since the next meeting votes anew. Raises Refused
    before the pack is locked or for a day that is not ahead.
    """
    review = reviews.locked(review, seen_version=seen_version)
    if review.stage in (*CLOSED, Stage.PREPARING) or review.is_rehearsal:
        raise Refused(_("There is no meeting to defer."))
    if moved_to <= today():
        raise Refused(_("The next meeting is on a day ahead."))
    now = timezone.now()
    row = Deferral.objects.create(
        review=review, why=why, note=note.strip(), by=by, at=now, moved_to=moved_to
    )
    review.votes.standing().update(superseded_at=now)
    review.presences.all().delete()
    review.stage, review.planned_on = Stage.LOCKED, moved_to
    review.opened_at = review.revealed_at = review.current_criterion = None
    review.is_circular = review.is_circular and why != "objection"
    review.save(
        update_fields=[
            "stage",
            "planned_on",
            "opened_at",
            "revealed_at",
            "current_criterion",
            "is_circular",
        ]
    )
    review.bump(version=True)
    ledger.record(
        kind="deferral",
        subject=f"review:{review.pk}",
        body={"why": why, "note": note, "moved_to": moved_to},
        by=by,
    )
    meetings.moved([review.product_id])
    tell(
        [seat.person for seat in reviews.core_seats(review.product)],
        news=f"deferral:{row.pk}",
        text=_("%(review)s was deferred to %(day)s: %(why)s.")
        % {"review": review, "day": moved_to, "why": row.get_why_display()},
        link=review.get_absolute_url(),
        why=_("You sit in the product's team."),
    )
    return row


@transaction.atomic
def correct(decision: Decision, *, by: Person, reason: str, rationale: str) -> Decision:
    """Supersede a decision's text by a new record; the old one stays, marked.

    Outcome, money and phase stay as they were carried out: another outcome takes another
    review. Raises Refused for a record that is superseded or came in by import.
    """
    review = reviews.locked(Review(pk=decision.review_id))
    old = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if old.superseded_at is not None:
        raise Refused(_("This record was corrected already; correct the newer one."))
    if old.is_imported:
        raise Refused(_("Imported history is corrected by another import."))
    if len(reason.strip()) < 10:
        raise Refused(_("Say what was wrong with the record."))
    terms = Terms.of(old)
    terms.rationale, terms.correction_reason = rationale.strip(), reason.strip()
    Decision.objects.filter(pk=old.pk).update(superseded_at=timezone.now())
    new = _write(review, by=by, outcome=old.outcome, terms=terms, frozen=old.frozen, supersedes=old)
    review.bump(version=True)
    return new
