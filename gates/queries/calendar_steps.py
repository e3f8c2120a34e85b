"""The steps of one review's calendar: due day, who owes it, done or overdue."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from gates.models import CalendarStep, Review
from gates.models.processes import StepFact
from gates.models.reviews import IN_ROOM, Stage
from ipd.kernel.days import add_working_days, today
from teams.models import Seat

Fact = Callable[[Review], bool]

FACTS: dict[str, Fact] = {
    StepFact.BOOKED: lambda review: True,
    StepFact.READY: lambda review: (
        review.is_locked or (review.readiness_percent or 0) >= review.gate.chain.ready_percent
    ),
    StepFact.LOCKED: lambda review: review.is_locked,
    StepFact.OPENED: lambda review: review.stage in IN_ROOM or review.stage == Stage.DECIDED,
    StepFact.DECIDED: lambda review: review.stage == Stage.DECIDED,
}


@dataclass(frozen=True)
class Step:
    name: str
    offset: int
    due_on: date
    owners: list[str]
    state: str

    @property
    def label(self) -> str:
        """Working days from the meeting: T-5, T, T+2."""
        return f"T{self.offset:+d}" if self.offset else "T"


def calendar_steps(
    review: Review, definitions: Iterable[CalendarStep], seats: Iterable[Seat]
) -> list[Step]:
    """The chain's steps counted from this review's day.

    seats  of the product's team and the deciding body, with person and role; they name who
           owes a step.
    """
    holders: dict[str, list[str]] = {}
    for seat in seats:
        if seat.person is not None and seat.person.name not in holders.get(seat.role.code, []):
            holders.setdefault(seat.role.code, []).append(seat.person.name)
    day, now = review.held_on or review.planned_on, today()
    steps = []
    for definition in definitions:
        due = add_working_days(day, definition.offset) if definition.offset else day
        fact = FACTS.get(definition.fact)
        done = fact(review) if fact else due < now and _went_on(review, definition.offset)
        # What follows the meeting cannot be late before the meeting was held.
        late = due < now and (definition.offset <= 0 or review.held_on is not None)
        state = "done" if done else "overdue" if late else "due"
        owners = holders.get(definition.owner_role, [])
        steps.append(Step(definition.name, definition.offset, due, owners, state))
    return steps


def _went_on(review: Review, offset: int) -> bool:
    return review.stage == Stage.DECIDED if offset > 0 else review.is_open or bool(review.outcome)
