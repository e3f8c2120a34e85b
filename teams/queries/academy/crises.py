"""Scenarios, who plays what, and what is assigned; a play is its participants' affair alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import (
    Avg,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from ipd.kernel.lists import how_many
from teams.calculations.academy.plays import Play as Engine
from teams.calculations.academy.plays import replay
from teams.models import (
    Content,
    CrisisAssignment,
    ElementResult,
    Enrolment,
    Person,
    Play,
    PlayRole,
)
from teams.models.academy.contents import ContentKind
from teams.models.academy.crises import PlayMode, PlayState
from teams.models.academy.enrolments import EnrolmentState, ResultState
from teams.models.academy.paths import ElementKind
from teams.permissions.academy import rights_to_run
from teams.queries.academy.doors import opens
from teams.queries.academy.waiting import NO_DAY, NOTHING, waits

FEWEST = 5  # people whose scores are shown as one figure
REST_DAYS = 7  # from a crisis that counted and was failed to the next one that counts
OPEN = [PlayState.GATHERING, PlayState.RUNNING, PlayState.CLOSING]


def scenarios() -> QuerySet[Content]:
    """The scenarios that can be played today."""
    return Content.objects.filter(kind=ContentKind.SCENARIO, is_current=True)


def titles() -> dict[str, str]:
    """The scenarios' titles by slug."""
    return dict(scenarios().values_list("code", "title"))


def visible_plays(person: Person) -> QuerySet[Play]:
    """Plays are seen by those who take part in them, and by nobody else."""
    return Play.objects.filter(roles__person=person)


def engine_of(play: Play, *, before: int | None = None) -> Engine:
    """Where the play stands, or stood before a move; one query."""
    moves = play.moves.all() if before is None else play.moves.filter(number__lt=before)
    made = moves.order_by("number").values_list("move", "role")
    return replay(play.scenario.body, made, play.seed, play.seats)


# What one person has to do with each scenario


@dataclass
class Card:
    """One scenario as its reader stands to it; `not_before` holds an assigned one back."""

    scenario: Content
    assignment: CrisisAssignment | None = None
    not_before: date | None = None
    running: Play | None = None
    finished: list[Play] = field(default_factory=list)

    @property
    def is_known(self) -> bool:
        return bool(self.running or self.finished)


def cards(person: Person, among: Iterable[Content] | None = None) -> list[Card]:
    """All scenarios with the person's own plays and what is assigned; four queries."""
    found = {one.code: Card(one) for one in (scenarios() if among is None else among)}
    mine = visible_plays(person).filter(scenario__code__in=found).select_related("scenario")
    for play in mine.order_by("-pk"):
        card = found[play.scenario.code]
        if play.is_finished:
            card.finished.append(play)
        elif card.running is None:
            card.running = play
    waiting = CrisisAssignment.objects.filter(person=person, play=None, scenario__in=found)
    rests = rests_until(person)
    for assignment in waiting:
        card = found[assignment.scenario]
        card.assignment, card.not_before = assignment, rests
    return list(found.values())


def rests_until(person: Person) -> date | None:
    """The day on which the next crisis may count, while it is ahead: a week after a failed one."""
    failed = PlayRole.objects.filter(person=person, counts=True, play__has_passed=False)
    last = failed.aggregate(last=Max("play__finished_on"))["last"]
    day = last and last + timedelta(days=REST_DAYS)
    return day if day and day > today() else None


def has_met(person: Person, slug: str) -> bool:
    """Whether the person has ever begun a play of the scenario, whichever version."""
    met = PlayRole.objects.filter(person=person, play__scenario__code=slug)
    return met.exclude(play__state=PlayState.GATHERING).exists()


# What others may know


def assigned() -> QuerySet[CrisisAssignment]:
    """What the academy assigned, for whoever runs it: passed or not yet, never a score."""
    rows = CrisisAssignment.objects.select_related("person", "play").defer("play__scores")
    played = PlayRole.objects.filter(
        person=OuterRef("person"),
        play__state=PlayState.FINISHED,
        play__scenario__code=OuterRef("scenario"),
    )
    return rows.annotate(plays=how_many(played, "person"))


def learners() -> QuerySet[Person]:
    """Whom a scenario may be assigned to: people on a path, and those who were certified."""
    on_path = Enrolment.objects.filter(state__in=["active", "certified"])
    return Person.objects.filter(is_active=True, pk__in=on_path.values("person"))


def mean_scores() -> dict[str, tuple[int, float | None]]:
    """By slug: how many people's first plays counted, and their mean score; no mean of fewer
    than five."""
    counted = PlayRole.objects.filter(counts=True, play__state=PlayState.FINISHED)
    rows = counted.values_list("play__scenario__code").annotate(Count("pk"), Avg("play__score"))
    return {slug: (n, float(mean) if n >= FEWEST else None) for slug, n, mean in rows.order_by()}


# What waits, and where it is done


@opens(ElementKind.SIMULATION)
def door(enrolment, element) -> str:
    return reverse("teams:crisis-list")


@waits(
    text=_("Play the crisis that is assigned to you: %(what)s"),
    route="teams:crisis-list",
    plain=True,
)
def assignments(person):
    rows = CrisisAssignment.objects.filter(person=person, play=None)
    title = scenarios().filter(code=OuterRef("scenario")).values("title")[:1]
    return rows.annotate(title=Subquery(title)).values_list("pk", NOTHING, "title", "due_on")


@waits(text=_("Assign crises to %(who)s: %(what)s"), route="teams:crisis-assignments", plain=True)
def to_assign(person):
    """Learners whose weeks of crises begin within a week, and who have fewer assigned than the
    path asks for; what was failed does not count. For whoever runs the academy."""
    held = CrisisAssignment.objects.filter(person=OuterRef("person"))
    held = held.exclude(play__has_passed=False)
    done = ElementResult.objects.filter(
        enrolment=OuterRef("pk"), element=OuterRef("element"), ref="", state=ResultState.DONE
    )
    rows = Enrolment.objects.filter(
        Exists(rights_to_run(person)),
        state=EnrolmentState.ACTIVE,
        path__stages__elements__kind=ElementKind.SIMULATION,
    ).annotate(
        element=F("path__stages__elements"),
        asked=F("path__stages__elements__choose"),
        title=F("path__stages__elements__title"),
        begins=ExpressionWrapper(
            F("started_on") + 7 * (F("path__stages__elements__from_week") - 2), DateField()
        ),
        held=how_many(held, "person"),
    )
    rows = rows.filter(~Exists(done), begins__lte=today(), held__lt=F("asked"))
    return rows.values_list("pk", "person__name", "title", NO_DAY)


@waits(text=_("%(who)s plays a crisis with you: %(what)s"), route="teams:play")
def team_plays(person):
    rows = visible_plays(person).filter(mode=PlayMode.TEAM, state__in=OPEN)
    return rows.values_list("pk", "started_by__name", "scenario__title", NO_DAY)
