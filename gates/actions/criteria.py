"""What the team says of a criterion, and what it shows for it."""

import hashlib
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gates.actions import reviews
from gates.models import Evidence, Question, Review, ReviewCriterion
from gates.models.criteria import Assessment
from gates.models.reviews import Stage
from gates.permissions import voters_of
from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.models import Person


def _locked(criterion: ReviewCriterion) -> tuple[Review, ReviewCriterion]:
    """The review's row and the criterion's, locked in this order."""
    review = reviews.locked(Review(pk=criterion.review_id))
    fresh = (
        ReviewCriterion.objects.select_for_update(of=("self",), no_key=True)
        .select_related("function", "owner")
        .get(pk=criterion.pk)
    )
    fresh.review = review
    if not review.is_open:
        raise Refused(_("The review is over; what it decided on is frozen."))
    return review, fresh


@transaction.atomic
def assess(
    criterion: ReviewCriterion, *, state: str, comment: str, by: Person, seen_version: int
) -> ReviewCriterion:
    """Say how far a criterion is met.

    Raises Stale when somebody else judged it meanwhile, Refused once votes are open (the
    deciders must judge what they were shown) or when a judgement other than "met" gives no
    reason.
    """
    review, criterion = _locked(criterion)
    if criterion.version != seen_version:
        raise Stale(
            _("%(person)s judged it meanwhile: %(state)s.")
            % {"person": criterion.assessed_by, "state": criterion.get_state_display()}
        )
    if review.stage not in (Stage.PREPARING, Stage.LOCKED):
        raise Refused(_("The meeting has begun; the team's judgement stands as it is."))
    if state in (Assessment.PARTLY, Assessment.NOT_MET) and not comment.strip():
        raise Refused(_("Say in a sentence what is missing."))
    criterion.state, criterion.comment = state, comment.strip()
    criterion.assessed_by, criterion.assessed_at = by, timezone.now()
    criterion.version += 1
    criterion.save(update_fields=["state", "comment", "assessed_by", "assessed_at", "version"])
    reviews.measure(review)
    review.bump(version=review.is_locked)
    return criterion


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
    if bool(link) == bool(file):
        raise Refused(_("Give either a file or a link."))
    if dated_on > today():
        raise Refused(_("Evidence cannot be dated ahead."))
    if file is not None and not file.size:
        raise Refused(_("The file is empty."))
    review, criterion = _locked(criterion)
    last = criterion.evidence.filter(title=title).order_by("-version").first()
    evidence = Evidence.objects.create(
        criterion=criterion,
        title=title,
        version=last.version + 1 if last else 1,
        link=link,
        file=file or "",
        file_name=(file.name if file else "")[:200],
        size=file.size if file else 0,
        sha256=digest(file) if file else hashlib.sha256(link.encode()).hexdigest(),
        is_addendum=review.is_locked,
        dated_on=dated_on,
        added_by=by,
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


def digest(file) -> str:
    """SHA-256 of a file's bytes, in hexadecimal; the file is read in pieces and rewound."""
    whole = hashlib.sha256()
    file.seek(0)
    for piece in iter(lambda: file.read(1 << 20), b""):
        whole.update(piece)
    file.seek(0)
    return whole.hexdigest()


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
