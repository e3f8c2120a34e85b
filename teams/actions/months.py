"""Months of KPIs: read again while they are open, kept when they are closed.

Computed KPIs of all teams are read set-wise, some hundred teams at a time, each chunk in its own
transaction. Until a month is closed its readings are provisional and are replaced; closing keeps
them, and keeps what is missing as missing, so that whatever comes later is a correction.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import batched

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from ipd.kernel.days import add_working_days, today
from ipd.kernel.measures import MEASURES, Reading
from teams.calculations.cadences import is_read_in
from teams.calculations.formulas import parse
from teams.calculations.months import last_day, month_of, shifted
from teams.models import Kpi, KpiMonth, KpiOpenReading, KpiReading, Person
from teams.models.kpis import Cadence
from teams.models.readings import WITH_FIGURE, ReadingStatus, Source
from teams.queries import computed, targets, totals
from teams.subjects import Subject, subjects

READ, CLOSE = "read KPIs", "close KPI month"  # as jobs
AT_ONCE = 500
CLOSES = 6  # working days after the month's end
Found = dict[tuple[int, Kpi], Reading]
Progress = Callable[[float, str], None]


def untold(percent: float, step: str) -> None:
    """Nobody waits to hear how far it is."""


@dataclass(frozen=True)
class Closed:
    """What closing a month kept: readings that were computed, and what nobody read."""

    month: KpiMonth
    computed: int
    missing: int


def open_months() -> list[date]:
    """The month that is running, and the one before as long as it is not closed."""
    running = month_of(today())
    before = shifted(running, -1)
    is_closed = KpiMonth.objects.filter(month__gte=before).exists()
    return [running] if is_closed else [before, running]


def read_open(measured: Iterable[int] | None = None, *, progress: Progress = untold) -> int:
    """Read the computed KPIs of the open months again; how many readings there are.

    measured  only what these count, by the ids that measures know; all teams without it
    """
    only = None if measured is None else set(measured)
    told = subjects()
    running, ended = told.measured(), told.ended()
    count, months = 0, open_months()
    for place, month in enumerate(months):
        day = min(today(), last_day(month))
        kpis = computed_kpis(day)
        for share, chunk, wanted in _chunks(running, ended, kpis, only):
            progress(100 * (place + share) / len(months), f"{month:%Y-%m}")
            count += _replace(month, chunk, _read(wanted, chunk, day))
        totals.recompute(month)
    return count


def computed_kpis(day: date) -> list[Kpi]:
    return list(Kpi.objects.active().computed().filter(valid_from__lte=day))


def of_events(kpi: Kpi) -> bool:
    """Whether the KPI counts what happened, so that teams whose work has ended count, too."""
    names = parse(kpi.expression).names
    return bool(names) and all(n in MEASURES and MEASURES[n].of_events for n in names)


def _chunks(running: dict, ended: dict, kpis: list[Kpi], only: set[int] | None):
    """Some hundred teams at a time with the KPIs to read of them, and how far that is."""
    parts = [(running, kpis), (ended, [kpi for kpi in kpis if of_events(kpi)])]
    rows = [
        (list(chunk), wanted)
        for told, wanted in parts
        for chunk in batched(
            (one for one in told.values() if only is None or one.measured in only),
            AT_ONCE,
            strict=False,
        )
    ]
    for place, (chunk, wanted) in enumerate(rows):
        yield place / len(rows), chunk, wanted


def _read(kpis: Iterable[Kpi], chunk: list[Subject], day: date) -> Found:
    """What the KPIs read of these teams; each measure is asked once for all of them."""
    by_measured = {one.measured: one.team for one in chunk}
    known: dict = {}
    return {
        (by_measured[measured], kpi): reading
        for kpi in kpis
        for measured, reading in computed.read(kpi, by_measured, day, known=known).items()
    }


def _values(reading: Reading) -> dict:
    """A measure's reading as it is kept; what cannot be divided is missing."""
    status = ReadingStatus(reading.status.value)
    if reading.ratio is None and status in WITH_FIGURE:
        status = ReadingStatus.MISSING
    has_figure = status in WITH_FIGURE
    return {
        "numerator": reading.numerator if has_figure else None,
        "denominator": reading.denominator if has_figure else None,
        "n": reading.n if has_figure else 0,
        "status": status,
        "as_of": reading.as_of,
        "note": str(reading.detail)[:300],
    }


@transaction.atomic
def _replace(month: date, chunk: list[Subject], found: Found) -> int:
    """Put what was read of these teams in the place of what was read before."""
    now = timezone.now()
    rows = [
        KpiOpenReading(
            kpi=kpi, team_id=team, month=month, definition=kpi.version, at=now, **_values(reading)
        )
        for (team, kpi), reading in sorted(found.items(), key=lambda one: (one[0][0], one[0][1].pk))
    ]
    fields = ("numerator", "denominator", "n", "status", "as_of", "note", "definition", "at")
    made = KpiOpenReading.objects.bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=("team", "month", "kpi"),
        update_fields=fields,
    )
    stood = KpiOpenReading.objects.filter(month=month, team__in=[one.team for one in chunk])
    stood.exclude(pk__in=[row.pk for row in made]).delete()
    return len(rows)


def next_to_close() -> date:
    """The month after the last closed one; before the first closing, the last whole month."""
    last = KpiMonth.objects.order_by("-month").values_list("month", flat=True).first()
    return shifted(last, 1) if last else shifted(month_of(today()), -1)


def closes_on(month: date) -> date:
    """The day on which the clock closes the month."""
    return add_working_days(last_day(month), CLOSES)


def close_due() -> int:
    """Close the months whose day has come, one after the other; how many were closed."""
    count = 0
    while closes_on(month := next_to_close()) <= today():
        close(month)
        count += 1
    return count


def close(month: date, *, by: Person | None = None, progress: Progress = untold) -> Closed:
    """Keep a month's readings: what can be computed, and what is missing as missing.

    Refused unless it is the month after the last closed one, and over. What was entered or
    brought in stays as it is. Safe to begin anew: what is kept already is not kept twice.
    """
    may_close(month)
    day, told = last_day(month), subjects()
    running, ended, aims = told.measured(), told.ended(), targets.on(day)
    kpis = computed_kpis(day)
    for share, chunk, wanted in _chunks(running, ended, kpis, None):
        progress(80 * share, _("Computing"))
        _keep(month, chunk, wanted, _read(wanted, chunk, day))
    entered = Kpi.objects.active().filter(valid_from__lte=day)
    due = [kpi for kpi in entered if is_read_in(kpi.cadence, month)]
    due = [kpi for kpi in due if kpi.cadence != Cadence.AT_GATES]
    for chunk in batched(running.values(), AT_ONCE, strict=False):
        progress(85, _("Noting what is missing"))
        _note_missing(month, chunk, due, aims)
    progress(95, _("Adding up"))
    return _end(month, by)


def may_close(month: date) -> date:
    """The month; Refused where it cannot be closed now."""
    expected = next_to_close()
    told = {"month": f"{month:%Y-%m}", "expected": f"{expected:%Y-%m}"}
    if KpiMonth.objects.filter(month=month).exists():
        raise Refused(_("%(month)s is closed.") % told)
    if month != expected:
        raise Refused(_("Months are closed one after the other; the next is %(expected)s.") % told)
    if last_day(month) >= today():
        raise Refused(_("%(month)s is not over yet.") % told)
    return month


@transaction.atomic
def _keep(month: date, chunk: list[Subject], kpis: Iterable[Kpi], found: Found) -> None:
    """Readings of a chunk of teams, where nothing was entered or brought in."""
    read_now = {kpi.pk for kpi in kpis if is_read_in(kpi.cadence, month)}
    known = _known(month, chunk)
    KpiReading.objects.bulk_create(
        [
            KpiReading(
                kpi=kpi,
                team_id=team,
                month=month,
                source=Source.COMPUTED,
                definition=kpi.version,
                **_values(reading),
            )
            for (team, kpi), reading in found.items()
            if kpi.pk in read_now and (team, kpi.pk) not in known
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )


@transaction.atomic
def _note_missing(
    month: date, chunk: Iterable[Subject], due: list[Kpi], aims: targets.Targets
) -> None:
    chunk = list(chunk)
    known = _known(month, chunk)
    KpiReading.objects.bulk_create(
        [
            KpiReading(
                kpi=kpi,
                team_id=one.team,
                month=month,
                status=ReadingStatus.MISSING,
                source=Source.COMPUTED,
                definition=kpi.version,
            )
            for one in chunk
            for kpi in due
            if (one.team, kpi.pk) not in known and aims.is_due(kpi, one.phase)
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )


def _known(month: date, chunk: Iterable[Subject]) -> set[tuple[int, int]]:
    rows = KpiReading.objects.filter(month=month, team__in=[one.team for one in chunk])
    return set(rows.order_by().values_list("team", "kpi"))


@transaction.atomic
def _end(month: date, by: Person | None) -> Closed:
    """Once the last chunk is kept: the month is closed, and said so in the ledger."""
    made, is_new = KpiMonth.objects.get_or_create(month=month, defaults={"closed_by": by})
    if not is_new:
        raise Refused(_("%(month)s is closed.") % {"month": f"{month:%Y-%m}"})
    KpiOpenReading.objects.filter(month__lte=month).delete()
    totals.recompute(month)
    rows = KpiReading.objects.current().filter(month=month, source=Source.COMPUTED)
    missing = rows.filter(status=ReadingStatus.MISSING).count()
    found = Closed(made, rows.count() - missing, missing)
    body = {"month": month, "computed": found.computed, "missing": found.missing}
    ledger.record(kind="KPI month closed", subject=f"kpi-month:{month:%Y-%m}", body=body, by=by)
    return found
