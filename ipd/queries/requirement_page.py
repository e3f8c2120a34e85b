"""One requirement with all that hangs on it: links, verifications, baselines, changes, steps."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ipd.calculations.requirement_clocks import ACKNOWLEDGE_DAYS, ANALYSE_DAYS, DISTRIBUTE_DAYS
from ipd.kernel.days import add_working_days
from ipd.models import Requirement, RequirementLink, RequirementStep
from ipd.models.requirement_words import LinkKind, StepKind
from ipd.queries.requirements import TONES
from teams.models import Person

MOST_LINKS = 200


@dataclass(frozen=True)
class Neighbour:
    """A linked requirement as seen from this one, and how they hang together."""

    link: int
    how: str
    it: Requirement
    tone: str


@dataclass(frozen=True)
class Clock:
    """A step that has a time: how long it may take, when it was due and when it was done."""

    name: str
    days: int
    due_on: date | None
    done_on: date | None

    @property
    def is_late(self) -> bool:
        return bool(self.due_on and self.done_on and self.done_on > self.due_on)


DOWN = {
    LinkKind.DERIVES: _("leads to"),
    LinkKind.SATISFIES: _("is satisfied by"),
    LinkKind.VERIFIES: _("is verified by"),
    LinkKind.CONFLICTS: _("conflicts with"),
}


def neighbours(row: Requirement, person: Person) -> tuple[list[Neighbour], list[Neighbour]]:
    """What stands above and below, as far as the person may see it; in one query."""
    seen = Requirement.objects.visible_to(person)
    up = Exists(seen.filter(pk=OuterRef("upper")))
    down = Exists(seen.filter(pk=OuterRef("lower")))
    links = (
        RequirementLink.objects.filter(Q(lower=row) & up | Q(upper=row) & down)
        .select_related("upper__owner", "lower__owner")
        .defer("upper__words", "lower__words")
        .order_by("upper_level", "upper__code", "lower_level", "lower__code")[:MOST_LINKS]
    )
    above, below = [], []
    for link in links:
        if link.lower_id == row.pk:
            other, how, side = link.upper, link.get_kind_display(), above
        else:
            other, how, side = link.lower, str(DOWN[link.kind]), below
        side.append(Neighbour(link.pk, how, other, TONES[other.status]))
    return above, below


def clocks(row: Requirement, steps: list[RequirementStep]) -> list[Clock]:
    """The steps of a raw or initial requirement that have a time, from their stamps."""
    done: dict[str, date] = {}
    for step in steps:
        done.setdefault(step.kind, timezone.localdate(step.at))
    raised = row.raised_on
    heard = done.get(StepKind.ACKNOWLEDGED)
    answered = (StepKind.ANALYSED, StepKind.REJECTED, StepKind.MERGED)
    analysed = next((done[kind] for kind in answered if kind in done), None)
    sent = done.get(StepKind.DISTRIBUTED) or done.get(StepKind.REJECTED)
    if row.level == "RR":
        return [
            Clock(
                str(_("Acknowledge")),
                ACKNOWLEDGE_DAYS,
                add_working_days(raised, ACKNOWLEDGE_DAYS),
                heard or analysed,
            ),
            Clock(
                str(_("Analyse")),
                ANALYSE_DAYS,
                add_working_days(heard, ANALYSE_DAYS) if heard else None,
                analysed,
            ),
        ]
    if row.level == "IR" and analysed and StepKind.ANALYSED in done:
        due = add_working_days(done[StepKind.ANALYSED], DISTRIBUTE_DAYS)
        return [Clock(str(_("Distribute")), DISTRIBUTE_DAYS, due, sent)]
    return []
