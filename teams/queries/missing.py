"""Which readings of a month are due of a team, and which of them nobody has made."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from teams.calculations.cadences import is_read_in
from teams.calculations.months import last_day
from teams.models import Kpi
from teams.models.kpis import Cadence
from teams.models.readings import ReadingStatus
from teams.queries import readings, targets
from teams.subjects import Subject


@dataclass(frozen=True)
class Lacking:
    """What a team has and lacks in a month.

    due       KPIs that its phase and their cadence ask for
    entered   those of the missing that people read; the others lack facts
    """

    subject: Subject
    due: int
    entered: list[Kpi] = field(default_factory=list)
    computed: list[Kpi] = field(default_factory=list)

    @property
    def read(self) -> int:
        return self.due - len(self.entered) - len(self.computed)

    @property
    def is_complete(self) -> bool:
        return not self.entered and not self.computed


def of(subjects: Iterable[Subject], month: date) -> dict[int, Lacking]:
    """What each team lacks, in four queries whatever their number.

    A KPI is due in the months of its cadence, where the team's phase has a target for it; one
    that is read at gates never is by the calendar. A reading that says so is not due, either.
    """
    subjects = list(subjects)
    kpis = [
        kpi
        for kpi in Kpi.objects.active().select_related("owner")
        if kpi.cadence != Cadence.AT_GATES and is_read_in(kpi.cadence, month)
    ]
    aims = targets.on(last_day(month))
    found = readings.at([one.team for one in subjects], month)
    return {one.team: _of_team(one, kpis, aims, found) for one in subjects}


def _of_team(one: Subject, kpis: list[Kpi], aims: targets.Targets, found: dict) -> Lacking:
    due, entered, computed = 0, [], []
    for kpi in kpis:
        if not aims.is_due(kpi, one.phase):
            continue
        reading = found.get((one.team, kpi.pk))
        if reading is not None and reading.status == ReadingStatus.NOT_DUE:
            continue
        due += 1
        if reading is None or reading.status == ReadingStatus.MISSING:
            (computed if kpi.is_computed else entered).append(kpi)
    return Lacking(one, due, entered, computed)
