"""Reactions, checks and ratings that are still to give, and packs with how far they are."""

from datetime import timedelta

from django.db.models import Count, DateField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from teams.models import Enrolment, GatePack, PackRating, PathStage, Person, StageFeedback
from teams.models.academy.enrolments import EnrolmentState
from teams.models.academy.feedback import CHECK_AFTER
from teams.queries.academy.waiting import NO_DAY, NOTHING, waits

WALKED = (EnrolmentState.ACTIVE, EnrolmentState.CERTIFIED)


def enrolment_of(person: Person, stage: PathStage) -> Enrolment | None:
    """The person's last enrolment on the stage's path, running or certified."""
    rows = Enrolment.objects.filter(person=person, path=stage.path_id, state__in=WALKED)
    return rows.select_related("path").order_by("-pk").first()


@waits(text=_("Say what the stage %(what)s gave you"), route="teams:stage-reaction")
def reactions(person: Person) -> QuerySet:
    """Stages that a running learner has left without a word."""
    given = StageFeedback.objects.filter(stage=OuterRef("pk"), enrolment__person=person)
    left = PathStage.objects.filter(
        path__enrolments__person=person,
        path__enrolments__state=EnrolmentState.ACTIVE,
        number__lt=F("path__enrolments__stage"),
    )
    return left.filter(~Exists(given)).values_list("pk", NOTHING, "title", NO_DAY)


@waits(text=_("Look at the work of %(who)s, ninety days on"), route="teams:manager-check")
def checks(person: Person) -> QuerySet:
    """People certified ninety days ago whose manager has not looked yet."""
    rows = Enrolment.objects.filter(
        manager=person,
        state=EnrolmentState.CERTIFIED,
        manager_check=None,
        ended_on__lte=today() - timedelta(days=CHECK_AFTER),
    )
    due = Cast(F("ended_on") + timedelta(days=CHECK_AFTER), DateField())
    return rows.values_list("pk", "person__name", NOTHING, due)


@waits(text=_("Rate the pack %(what)s, alone"), route="teams:gate-pack")
def packs(person: Person) -> QuerySet:
    rows = PackRating.objects.filter(assessor=person, level=None)
    return rows.values_list("pack", NOTHING, "pack__title", NO_DAY)


def packs_of(person: Person) -> list[PackRating]:
    """What the person was given to rate, the open ones first."""
    rows = PackRating.objects.filter(assessor=person).select_related("pack")
    return list(rows.order_by(F("rated_on").desc(nulls_first=True), "-pk"))


def all_packs() -> list[GatePack]:
    """Each with how many of its assessors have rated; no level."""
    rows = GatePack.objects.select_related("leader").annotate(
        asked=Count("ratings"), rated=Count("ratings", filter=Q(ratings__level__isnull=False))
    )
    return list(rows)
