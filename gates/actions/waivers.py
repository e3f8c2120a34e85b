"""Waivers: two people let a red must-criterion pass, until a day."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gates.actions import reviews
from gates.models import Review, ReviewCriterion, Waiver
from gates.models.criteria import Assessment
from gates.permissions import signs_as_chair, signs_as_function, voters_of
from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from ipd.queries.holders import who_may_see
from teams.models import Person


@transaction.atomic
def ask(criterion: ReviewCriterion, *, reason: str, expires_on: date, by: Person) -> Waiver:
    """Ask the chair and the owning function to let a must-criterion pass that is not met.

    Raises Refused when it is met or no must, waived already, or the end is not ahead.
    """
    review = reviews.locked(Review(pk=criterion.review_id))
    if not review.is_open:
        raise Refused(_("The review is over."))
    criterion = ReviewCriterion.objects.select_related("function__head").get(pk=criterion.pk)
    if not criterion.is_must or criterion.state == Assessment.MET:
        raise Refused(_("Only a must-criterion that is not met can be waived."))
    if expires_on <= today():
        raise Refused(_("A waiver ends on a day ahead."))
    if Waiver.objects.filter(criterion=criterion).exists():
        raise Refused(_("A waiver was asked for already."))
    waiver = Waiver.objects.create(
        criterion=criterion, reason=reason.strip(), expires_on=expires_on, requested_by=by
    )
    review.bump()
    chairs = [voter.acts_through for voter in voters_of(review) if voter.is_chair]
    tell(
        who_may_see(review.product, [*chairs, criterion.function.head]),
        news=f"waiver:{waiver.pk}",
        text=_("%(person)s asks to waive %(code)s of %(review)s.")
        % {"person": by, "code": criterion.code, "review": review},
        link=review.get_absolute_url(),
        why=_("Your signature is asked for."),
        needs_action=True,
    )
    return waiver


@transaction.atomic
def sign(waiver: Waiver, *, by: Person) -> Waiver:
    """Sign as chair or as head of the function that owns the criterion; one person, one line.

    Raises Refused when the lines this person may sign are signed, or the review is over.
    """
    review = reviews.locked(Review(pk=waiver.criterion.review_id))
    if not review.is_open:
        raise Refused(_("The review is over."))
    waiver = (
        Waiver.objects.select_for_update(of=("self",))
        .select_related("criterion__function")
        .get(pk=waiver.pk)
    )
    waiver.criterion.review = review
    if by.pk == waiver.requested_by_id:
        raise Refused(_("Whoever asks for a waiver does not sign it."))
    now = timezone.now()
    if signs_as_function(by, waiver) and not waiver.function_signed_at and waiver.chair_id != by.pk:
        waiver.function_head, waiver.function_signed_at = by, now
    elif (
        signs_as_chair(by, waiver)
        and not waiver.chair_signed_at
        and waiver.function_head_id != by.pk
    ):
        waiver.chair, waiver.chair_signed_at = by, now
    else:
        raise Refused(_("There is no line left for you to sign."))
    waiver.save()
    if waiver.is_signed:
        ledger.record(
            kind="waiver",
            subject=f"review:{review.pk}",
            body={
                "criterion": waiver.criterion.code,
                "reason": waiver.reason,
                "expires_on": waiver.expires_on,
                "requested_by": waiver.requested_by_id,
                "chair": waiver.chair_id,
                "function_head": waiver.function_head_id,
            },
            by=by,
        )
    review.bump(version=True)
    return waiver
