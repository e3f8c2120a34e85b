"""The ladder a condition climbs as its due date nears and passes: remind, escalate, lapse."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Ladder:
    """The chain's rules, in calendar days from the due date.

    Steps are numbered from 1: the reminder, each escalation, and last the lapse.
    """

    remind_before_days: int
    escalate_after_days: tuple[int, ...]
    lapse_after_days: int

    @property
    def offsets(self) -> tuple[int, ...]:
        """Days from the due date to each step.

        >>> Ladder(5, (1, 10), 20).offsets
        (-5, 1, 10, 20)
        """
        return (-self.remind_before_days, *self.escalate_after_days, self.lapse_after_days)

    @property
    def lapse_step(self) -> int:
        return len(self.offsets)

    def reached(self, due_on: date, day: date) -> int:
        """The highest step that a condition due on `due_on` has reached by `day`; 0 for none.

        >>> ladder, due = Ladder(5, (1, 10), 20), date(2026, 11, 20)
        >>> [ladder.reached(due, date(2026, 11, n)) for n in (14, 15, 20, 21, 29, 30)]
        [0, 1, 1, 2, 2, 3]
        >>> ladder.reached(due, date(2026, 12, 10))
        4
        """
        days = (day - due_on).days
        return sum(days >= offset for offset in self.offsets)

    def lapses_on(self, due_on: date, warned_on: date | None) -> date | None:
        """The day of the lapse; None while the last warning has not been given.

        Nobody lapses unwarned: when the last warning came late (the clock stood still, or the
        condition was imported overdue), the lapse keeps its distance from that warning.

        warned_on  the day the last escalation was told.

        >>> ladder, due = Ladder(5, (1, 10), 20), date(2026, 11, 20)
        >>> ladder.lapses_on(due, date(2026, 11, 30))
        datetime.date(2026, 12, 10)
        >>> ladder.lapses_on(due, date(2026, 12, 20))
        datetime.date(2026, 12, 30)
        >>> ladder.lapses_on(due, None) is None
        True
        >>> Ladder(5, (), 20).lapses_on(due, None)
        datetime.date(2026, 12, 10)
        """
        planned = due_on + timedelta(days=self.lapse_after_days)
        if not self.escalate_after_days:
            return planned
        if warned_on is None:
            return None
        distance = self.lapse_after_days - self.escalate_after_days[-1]
        return max(planned, warned_on + timedelta(days=distance))
