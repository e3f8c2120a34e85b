"""What the team says of a criterion, and what it shows for it."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gates.actions import readiness, reviews
from gates.calculations.facts import SEVERITY, worst
from gates.models import Evidence, Question, Review, ReviewCriterion
from gates.models.criteria import WORSE, Assessment
from gates.models.reviews import Stage
from gates.permissions import voters_of
from ipd.kernel import attachments
from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.models import Person


def _locked(criterion: ReviewCriterion) -> tuple[Review, ReviewCriterion]:
    """The review's row and the criterion's, locked in this order."""
    review = reviews.locked(Review(pk=criterion.review_id))
    fresh = (
        ReviewCriterion.objects.select_for_update(of=("self",), no_key=True)
        .select_related("function", "owner", "fact")
        .get(pk=criterion.pk)
    )
    fresh.review = review
    if not review.is_open:
        raise Refused(_("The review is over; what it decided on is frozen."))
    return review, fresh


def _to_judge(criterion: ReviewCriterion, seen_version: int) -> tuple[Review, ReviewCriterion]:
    """The locked rows, while they may still be judged and are as the judge saw them."""
    review, criterion = _locked(criterion)
    if criterion.version != seen_version:
        told = {"person": criterion.assessed_by, "state": criterion.get_state_display()}
        if criterion.assessed_by is None or criterion.is_bound:
            raise Stale(_("It moved meanwhile: %(state)s.") % told)
        raise Stale(_("%(person)s judged it meanwhile: %(state)s.") % told)
    if review.stage not in (Stage.PREPARING, Stage.LOCKED):
        raise Refused(_("The meeting has begun; the team's judgement stands as it is."))
    return review, criterion


def _judged(review: Review, criterion: ReviewCriterion, by: Person) -> ReviewCriterion:
    criterion.assessed_by, criterion.assessed_at = by, timezone.now()
    criterion.version += 1
    criterion.save(
        update_fields=["state", "judged", "comment", "assessed_by", "assessed_at", "version"]
    )
    readiness.measure([review.pk])
    review.bump(version=review.is_locked)
    return criterion


@transaction.atomic
def assess(
    criterion: ReviewCriterion, *, state: str, comment: str, by: Person, seen_version: int
) -> ReviewCriterion:
    """Say how far a criterion is met.

    Raises Stale when somebody else judged it meanwhile, Refused once votes are open (the
    deciders must judge what they were shown), when a judgement other than "met" gives no
    reason, or for a criterion that is computed (see `judge`).
    """
    review, criterion = _to_judge(criterion, seen_version)
    if criterion.is_bound:
        raise Refused(_("It is computed; nobody types its state in."))
    if state in (Assessment.PARTLY, Assessment.NOT_MET) and not comment.strip():
        raise Refused(_("Say in a sentence what is missing."))
    criterion.state, criterion.comment = state, comment.strip()
    return _judged(review, criterion, by)


def worse_than(criterion: ReviewCriterion) -> list[str]:
    """The states an owner may state for a computed criterion: those worse than its figure's."""
    fact = getattr(criterion, "fact", None)
    figure = SEVERITY.index(fact.state if fact else Assessment.NO_DATA)
    return [state for state in WORSE if SEVERITY.index(state) > figure]


@transaction.atomic
def judge(
    criterion: ReviewCriterion, *, state: str, comment: str, by: Person, seen_version: int
) -> ReviewCriterion:
    """Add the owner's judgement to a computed criterion: a comment, and at most a worse state.

    state  blank follows the figure.

    Raises Stale when figure or judgement moved meanwhile, Refused for a state that is not
    worse than the figure's (better goes by waiver), without a reason, or once the room is
    open.
    """
    review, criterion = _to_judge(criterion, seen_version)
    if not criterion.is_bound:
        raise Refused(_("It is not computed; assess it."))
    if state and state not in worse_than(criterion):
        raise Refused(
            _("The figure says “%(state)s”; only something worse can be stated.")
            % {"state": _figure_says(criterion)}
        )
    if state and not comment.strip():
        raise Refused(_("Say in a sentence what the figure does not show."))
    criterion.judged, criterion.comment = state, comment.strip()
    fact = getattr(criterion, "fact", None)
    criterion.state = worst([fact.state if fact else Assessment.NO_DATA, state])
    return _judged(review, criterion, by)


def _figure_says(criterion: ReviewCriterion) -> str:
    fact = getattr(criterion, "fact", None)
    return fact.get_state_display() if fact else Assessment.NO_DATA.label


@transaction.atomic
def give_to(criterion: ReviewCriterion, *, owner: Person, by: Person) -> ReviewCriterion:
    """Name who answers for a criterion, and tell them."""
    review, criterion = _locked(criterion)
    criterion.owner = owner
    criterion.save(update_fields=["owner"])
    review.bump()
    tell(
        [owner],
        news=f"owner:{criterion.pk}:{owner.pk}",
        text=_("You answer for %(code)s of %(review)s.")
        % {"code": criterion.code, "review": review},
        link=review.get_absolute_url(),
        why=_("You were named owner of a criterion."),
    )
    return criterion


@transaction.atomic
def add_evidence(
    criterion: ReviewCriterion, *, title: str, dated_on: date, by: Person, link: str = "", file=None
) -> Evidence:
    """Add a file or a link; the same title again is its next version.

    Raises Refused for both or neither, an empty file, a date ahead, or a review that is over.
    """
    kept = attachments.facts(link=link, file=file)
    if dated_on > today():
        raise Refused(_("Evidence cannot be dated ahead."))
    review, criterion = _locked(criterion)
    last = criterion.evidence.filter(title=title).order_by("-version").first()
    evidence = Evidence.objects.create(
        criterion=criterion,
        title=title,
        version=last.version + 1 if last else 1,
        is_addendum=review.is_locked,
        dated_on=dated_on,
        added_by=by,
        **kept,
    )
    review.bump(version=review.is_locked)
    if review.is_locked:
        tell(
            [voter.acts_through for voter in voters_of(review)],
            news=f"addendum:{evidence.pk}",
            text=_("Addendum to %(review)s, %(code)s: %(evidence)s")
            % {"review": review, "code": criterion.code, "evidence": evidence},
            link=review.get_absolute_url(),
            why=_("You vote in this review, and its pack was locked."),
        )
    return evidence


@transaction.atomic
def ask(criterion: ReviewCriterion, *, text: str, by: Person) -> Question:
    """Ask the team about a criterion; its owner is told at once."""
    review, criterion = _locked(criterion)
    question = Question.objects.create(criterion=criterion, text=text.strip(), asked_by=by)
    review.bump()
    tell(
        [criterion.owner],
        news=f"question:{question.pk}",
        text=_("%(person)s asks about %(code)s of %(review)s: %(text)s")
        % {"person": by, "code": criterion.code, "review": review, "text": text},
        link=review.get_absolute_url(),
        why=_("You answer for this criterion."),
        needs_action=True,
    )
    return question


@transaction.atomic
def answer(question: Question, *, text: str, by: Person) -> Question:
    """Answer a question once; a further thought is a further question.

    Raises Refused when it is answered already.
    """
    review, _criterion = _locked(question.criterion)
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if question.answer:
        raise Refused(_("The question was answered already."))
    question.answer, question.answered_by = text.strip(), by
    question.answered_at = timezone.now()
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    review.bump()
    tell(
        [question.asked_by],
        news=f"answer:{question.pk}",
        text=_("%(person)s answered your question: %(text)s") % {"person": by, "text": text},
        link=review.get_absolute_url(),
        why=_("You asked the question."),
    )
    return question
