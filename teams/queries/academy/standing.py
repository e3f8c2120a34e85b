"""How far a learner is on a path: stages, elements, parts and exits, as pages show them.

What is shown of an element depends on who looks: scores and parts to the learner alone, "done or
not" to everybody else who may see the enrolment.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from teams.calculations.academy import pace
from teams.calculations.academy.exits import DONE, NOTHING, Standing, missing
from teams.calculations.academy.mentoring import next_due
from teams.models import ElementResult, Enrolment, LearningPath, PathElement, PathStage
from teams.models.academy.enrolments import EnrolmentState, ResultState
from teams.models.academy.paths import ElementKind
from teams.queries.academy import exits

OPEN, LATE = "open", "late"
# What counts for whoever did it before their first day.
EARLY = (ElementKind.MODULE, ElementKind.ASSESSMENT)
WORDS = {
    DONE: _("Done"),
    LATE: _("Late"),
    "submitted": _("Handed in"),
    "failed": _("Not yet"),
    "started": _("Begun"),
    OPEN: _("Now"),
    "": _("Ahead"),
}
TONES = {DONE: "on", LATE: "off", "failed": "risk", "submitted": "info", "started": "info"}


@dataclass
class Step:
    """One element, as far as somebody has come in it.

    titles   what its parts are called, where `parts.name` has said it
    is_late  required, its last week is over, and it is not done
    is_now   its weeks have begun
    """

    element: PathElement
    result: ElementResult | None = None
    parts: list[ElementResult] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    is_late: bool = False
    is_now: bool = False

    @property
    def is_done(self) -> bool:
        return self.result is not None and self.result.state == DONE

    @property
    def state(self) -> str:
        """What the chip says, to the learner."""
        state = self.result.state if self.result else ""
        if state in (DONE, ResultState.SUBMITTED):
            return state
        if self.is_late:
            return LATE
        return state or (OPEN if self.is_now else "")

    @property
    def plain(self) -> str:
        """What the chip says to others: that something was tried and not passed, it does not."""
        return "started" if self.state == ResultState.FAILED else self.state

    @property
    def word(self):
        return WORDS[self.state]

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "none")

    @property
    def plain_word(self):
        return WORDS[self.plain]

    @property
    def plain_tone(self) -> str:
        return TONES.get(self.plain, "none")

    @property
    def done_parts(self) -> set[str]:
        return {part.ref for part in self.parts if part.state == DONE}

    @property
    def count(self) -> int:
        """How many of its parts are done, at most as many as are needed."""
        return min(len(self.done_parts), self.element.needed)

    @property
    def ahead(self) -> list[str]:
        """Its parts that are not done, in their order; none where enough are."""
        if self.is_done:
            return []
        return [ref for ref in self.element.refs if ref not in self.done_parts]


@dataclass
class Leg:
    """A stage with its elements; `missing` are the rules of its exit that do not hold yet."""

    stage: PathStage
    steps: list[Step]
    missing: list[Mapping]
    is_now: bool = False

    @property
    def is_passed(self) -> bool:
        return not self.missing

    @property
    def state(self) -> str:
        """As the ribbon of phases says it."""
        if self.is_passed:
            return "decided"
        if any(step.is_late for step in self.steps):
            return LATE
        return "open" if self.is_now else "future"

    @property
    def word(self):
        return {"decided": WORDS[DONE], LATE: WORDS[LATE], "open": WORDS[OPEN]}.get(
            self.state, WORDS[""]
        )

    @property
    def tone(self) -> str:
        return {"decided": "on", LATE: "off", "open": "info"}.get(self.state, "none")

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def conditions(self) -> list[tuple[str, bool]]:
        """Each rule of the exit in words, and whether it holds."""
        titles = {step.element.code: step.element.title for step in self.steps}
        return [(exits.said(rule, titles), rule not in self.missing) for rule in self.exit_rules]

    @property
    def exit_rules(self):
        return self.stage.exit_rules


@dataclass
class Way:
    """A whole path with what one learner has done of it; without learner, the plain path."""

    path: LearningPath
    legs: list[Leg]
    enrolment: Enrolment | None = None
    week: int = 0

    @cached_property
    def steps(self) -> list[Step]:
        return [step for leg in self.legs for step in leg.steps]

    @property
    def late(self) -> list[Step]:
        return [step for step in self.steps if step.is_late]

    @property
    def behind(self) -> int:
        """Weeks behind plan; 0 for who is on it, and for who does not walk."""
        return max((self.week - step.element.to_week for step in self.late), default=0)

    @property
    def due(self) -> list[Step]:
        """What the running week holds and is not done, the first to end on top. What is late
        stands by itself; an elective whose weeks are over is not asked for any more."""
        now = [
            step
            for step in self.steps
            if step.is_now and not step.is_done and step.element.to_week >= self.week
        ]
        return sorted(now, key=lambda step: step.element.to_week)

    def next(self, met_on: date | None = None) -> Step | None:
        """What to do now: what is late, what ends first, or what comes next. Who waits for a
        place may read and sit assessments, and nothing else yet. Sessions of a pair that met on
        `met_on` come last until it is to meet again."""
        required = [step for step in self.steps if step.element.is_required and not step.is_done]
        pending = [step for step in required if step.state != ResultState.SUBMITTED]
        if not self.week:
            pending = [step for step in pending if step.element.kind in EARLY and step.element.refs]
        rest = (ElementKind.MENTORING,) if met_on and today() < next_due(met_on) else ()
        return min(
            pending,
            key=lambda one: (
                one.element.kind in rest,
                not one.is_late,
                not one.is_now,
                one.element.to_week,
            ),
            default=None,
        )

    @property
    def ribbon(self) -> list[dict]:
        """The stages for the ribbon of a page, each leading to its part of the path's page."""
        url = self.path.get_absolute_url()
        return [
            {
                "label": leg.stage.title,
                "on": leg.stage.weeks,
                "title": leg.stage.exit_text,
                "state": leg.state,
                "word": leg.word,
                "url": f"{url}#stage-{leg.stage.number}",
            }
            for leg in self.legs
        ]


def elements_of(path_id: int) -> list[PathElement]:
    """All elements with their stages, in order; one query."""
    rows = PathElement.objects.filter(stage__path=path_id).select_related("stage")
    return list(rows.order_by("stage__number", "order", "pk"))


def way(path: LearningPath, enrolment: Enrolment | None = None) -> Way:
    """The path as one learner walks it, in two queries; in one, without a learner."""
    elements = elements_of(path.pk)
    results = list(enrolment.results.all()) if enrolment else []
    return way_of(path, elements, results, enrolment)


def way_of(
    path: LearningPath,
    elements: Iterable[PathElement],
    results: Iterable[ElementResult],
    enrolment: Enrolment | None,
) -> Way:
    """The same out of rows that are there already."""
    wholes, parts = {}, {}
    for row in results:
        if row.ref:
            parts.setdefault(row.element_id, []).append(row)
        else:
            wholes[row.element_id] = row
    week = week_now(enrolment)
    elements = list(elements)
    done = {one.code for one in elements if one.pk in wholes and wholes[one.pk].state == DONE}
    late = {one.pk for one in pace.late(elements, done, week)}
    standings = {
        one.code: standing_of(wholes[one.pk]) if one.pk in wholes else NOTHING for one in elements
    }
    legs = []
    for stage, group in groupby(elements, key=lambda one: one.stage):
        steps = [
            Step(
                one,
                wholes.get(one.pk),
                parts.get(one.pk, []),
                is_late=one.pk in late,
                is_now=week > 0 and one.from_week <= week,
            )
            for one in group
        ]
        lacks = missing(stage.exit_rules, standings)
        legs.append(Leg(stage, steps, lacks, is_now=week > 0 and stage.from_week <= week))
    return Way(path, legs, enrolment, week)


def standing_of(row: ElementResult) -> Standing:
    """A stored result as the exits read it."""
    return Standing(
        row.state, row.score, row.level, row.assessors, frozenset(row.agreed), row.is_fatal
    )


def week_now(enrolment: Enrolment | None) -> int:
    """The week somebody on the path is in; 0 for who waits, has ended or never came."""
    if enrolment is None or enrolment.state != EnrolmentState.ACTIVE:
        return 0
    return pace.week_of(enrolment.started_on, today())


def mean(scores: Iterable[Decimal]) -> Decimal | None:
    """The mean of some scores in percent; None where there is none."""
    scores = list(scores)
    return sum(scores) / len(scores) if scores else None
