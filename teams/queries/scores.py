"""Scores of teams: readings against the targets of their phase, weighed by dimension.

A dimension's weight in a phase is shared equally by its KPIs that are due there. A KPI without
a target in the phase is not due, nor is one whose reading says so, nor one that is read at
gates only while no gate has been held, nor one whose measure has nothing to count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from teams.calculations.months import last_day
from teams.calculations.scoring import Scale, Scored, TeamScore, score, team_score
from teams.models import Kpi
from teams.models.kpis import Cadence
from teams.models.readings import ReadingStatus
from teams.queries import targets
from teams.queries.standing import AnyReading, plain
from teams.subjects import Subject


@dataclass(frozen=True)
class Row:
    """One KPI of one team: what stands, on which scale, and what it counts.

    score  None where nothing was measured
    """

    kpi: Kpi
    reading: AnyReading | None
    scale: Scale | None
    weight: Decimal
    is_due: bool

    @property
    def figure(self) -> Decimal | None:
        return self.reading.figure(self.kpi) if self.reading is not None else None

    @property
    def score(self) -> Decimal | None:
        if self.scale is None or self.figure is None:
            return None
        return score(self.figure, self.scale)

    @property
    def is_missing(self) -> bool:
        return self.is_due and self.figure is None


@dataclass(frozen=True)
class Score:
    """A team's score in a month, with the rows that it was made of."""

    subject: Subject
    month: date
    team: TeamScore
    rows: list[Row]

    @property
    def figure(self) -> Decimal | None:
        """None is said as "insufficient data"."""
        return self.team.figure

    @property
    def share(self) -> Decimal:
        return self.team.share

    @property
    def missing(self) -> list[Row]:
        return [row for row in self.rows if row.is_missing and row.weight]


def of_teams(
    subjects: Iterable[Subject], month: date, *, paid_only: bool = False, kpis: list | None = None
) -> dict[int, Score]:
    """Each team's score in the month, in five queries whatever their number.

    paid_only  leaves out what must never be paid for
    """
    subjects = list(subjects)
    if kpis is None:
        in_use = Kpi.objects.active().filter(valid_from__lte=last_day(month))
        kpis = list(in_use.select_related("owner"))
    found = plain([subject.team for subject in subjects], month, kpis)
    aims = targets.on(last_day(month))
    return {
        subject.team: scored(
            subject,
            month,
            {
                kpi: found.get((subject.team, kpi.pk))
                for kpi in kpis
                if kpi.counts_in_pay or not paid_only
            },
            aims,
        )
        for subject in subjects
    }


def scored(
    subject: Subject, month: date, readings: dict[Kpi, AnyReading | None], aims: targets.Targets
) -> Score:
    """A score of readings and targets that are at hand already; no query."""
    scales = {kpi: aims.scale(kpi.pk, subject.phase) for kpi in readings}
    due = {kpi for kpi, reading in readings.items() if is_due(kpi, reading, scales[kpi])}
    sharing: dict[str, int] = {}
    for kpi in due:
        sharing[kpi.dimension] = sharing.get(kpi.dimension, 0) + 1
    rows = [
        Row(kpi, reading, scales[kpi], _weight(kpi, sharing, subject, aims, kpi in due), kpi in due)
        for kpi, reading in readings.items()
    ]
    total = team_score(Scored(row.weight, row.score, row.is_due) for row in rows)
    return Score(subject, month, total, rows)


def is_due(kpi: Kpi, reading: AnyReading | None, scale: Scale | None) -> bool:
    """Whether a figure is expected of a team for which the KPI has this scale."""
    if scale is None:
        return False
    if reading is None:
        return not kpi.is_computed and kpi.cadence != Cadence.AT_GATES
    return reading.status != ReadingStatus.NOT_DUE


def _weight(
    kpi: Kpi, sharing: dict[str, int], subject: Subject, aims: targets.Targets, due: bool
) -> Decimal:
    if not due or not kpi.dimension:
        return Decimal(0)
    return Decimal(aims.weight(subject.phase, kpi.dimension) or 0) / sharing[kpi.dimension]
