"""Reactions to a stage, a manager's check after ninety days, ratings of real packs."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.models import (
    Enrolment,
    GatePack,
    ManagerCheck,
    PackRating,
    PathStage,
    Person,
    StageFeedback,
)
from teams.models.academy.enrolments import EnrolmentState
from teams.models.academy.feedback import CHECK_AFTER
from teams.queries.academy.effects import RATERS


@transaction.atomic
def react(enrolment: Enrolment, stage: PathStage, **given) -> StageFeedback:
    """Keep what a learner says of a stage; once, when the stage is behind them."""
    enrolment = Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment.pk)
    if StageFeedback.objects.filter(enrolment=enrolment, stage=stage).exists():
        raise Refused(_("You have said what you think of this stage."))
    if not is_behind(enrolment, stage):
        raise Refused(_("The stage is not behind you yet."))
    return StageFeedback.objects.create(enrolment=enrolment, stage=stage, given_on=today(), **given)


def is_behind(enrolment: Enrolment, stage: PathStage) -> bool:
    """The learner has left the stage; after certification all of them."""
    return enrolment.state == EnrolmentState.CERTIFIED or stage.number < enrolment.stage


@transaction.atomic
def check(enrolment: Enrolment, *, by: Person, **given) -> ManagerCheck:
    """Keep a manager's look at the work of somebody certified ninety days ago or more."""
    enrolment = Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment.pk)
    if ManagerCheck.objects.filter(enrolment=enrolment).exists():
        raise Refused(_("The check is made."))
    if enrolment.state != EnrolmentState.CERTIFIED:
        raise Refused(_("The check follows the certificate."))
    if (due := enrolment.ended_on + timedelta(days=CHECK_AFTER)) > today():
        raise Refused(_("The check is due on %(day)s.") % {"day": due.isoformat()})
    row = ManagerCheck.objects.create(enrolment=enrolment, by=by, given_on=today(), **given)
    tell(
        [enrolment.person],
        news=f"manager-check:{enrolment.pk}",
        text=_("%(manager)s has looked at your work after ninety days.") % {"manager": by},
        link=f"/academy/enrolments/{enrolment.pk}/check/",
        why=_("You are certified."),
    )
    return row


@transaction.atomic
def put_in(*, assessors: Iterable[Person], **fields) -> GatePack:
    """Give a real pack to two assessors, neither of them its leader.

    Whether the leader was trained then is read now: certified on the path before the pack was
    locked. Raises Refused when the pack is there already, or an assessor is its leader.
    """
    assessors = list(assessors)
    if GatePack.objects.filter(code=fields["code"]).exists():
        raise Refused(_("The pack %(code)s is in already.") % {"code": fields["code"]})
    if len(set(assessors)) < RATERS:
        raise Refused(_("Two different assessors rate a pack."))
    if fields["leader"] in assessors:
        raise Refused(_("Nobody rates their own pack."))
    trained = Enrolment.objects.filter(
        person=fields["leader"], state=EnrolmentState.CERTIFIED, ended_on__lte=fields["locked_on"]
    )
    pack = GatePack.objects.create(**fields, was_trained=trained.exists())
    PackRating.objects.bulk_create(PackRating(pack=pack, assessor=one) for one in assessors)
    tell(
        assessors,
        news=f"gate-pack:{pack.pk}",
        text=_("Please rate the pack “%(pack)s”, alone.") % {"pack": pack},
        link=pack.get_absolute_url(),
        why=_("You assess practice."),
        needs_action=True,
    )
    return pack


@transaction.atomic
def rate(pack: GatePack, *, by: Person, level: int, reason: str) -> PackRating:
    """Keep an assessor's level; once given it stands."""
    row = PackRating.objects.select_for_update(no_key=True).get(pack=pack, assessor=by)
    if row.level is not None:
        raise Refused(_("You have rated this pack."))
    row.level, row.reason, row.rated_on = level, reason.strip(), today()
    row.save(update_fields=["level", "reason", "rated_on"])
    return row
