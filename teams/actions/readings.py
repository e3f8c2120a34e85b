"""Reading KPIs by hand: entering, correcting, and a second person who stands for it.

Nothing is changed: a correction supersedes what it corrects, and history shows both. Whoever
enters while another does for the same team waits; what moved meanwhile is refused as stale.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.calculations.months import month_of
from teams.models import Kpi, KpiApproval, KpiMonth, KpiReading, Person, Team
from teams.models.readings import WITH_FIGURE, ReadingStatus, Source
from teams.queries import duties, totals


@dataclass(frozen=True)
class Entry:
    """What somebody read of a KPI in a month.

    seen  the reading that stood there when they looked (its pk), None for none
    note  why, where it corrects something that is closed, approved or computed
    """

    kpi: int
    month: date
    numerator: Decimal | None = None
    denominator: Decimal | None = Decimal(1)
    n: int = 1
    status: str = ReadingStatus.MEASURED
    as_of: date | None = None
    note: str = ""
    seen: int | None = None

    def says(self, reading: KpiReading) -> bool:
        """Whether the reading says the same already."""
        mine = (self.numerator, self.denominator) if self.status in WITH_FIGURE else (None, None)
        n = self.n if self.status in WITH_FIGURE else 0
        same = (reading.status, reading.numerator, reading.denominator, reading.n)
        return same == (self.status, *mine, n) and self.note in ("", reading.note)


@transaction.atomic
def enter(team: Team, entries: Iterable[Entry], *, by: Person) -> list[KpiReading]:
    """Keep what was read of the team, as one; where something stood, it is a correction.

    Raises Stale when something else stands there by now, Refused for a month to come, for a KPI
    that is not in use, and for a correction without a reason where one has to be given: of a
    closed month, of what was approved, or of what was computed. What says nothing new is left out.
    """
    _hold([team.pk])
    wanted = {(entry.kpi, entry.month): entry for entry in entries}
    kpis = Kpi.objects.active().in_bulk({kpi for kpi, _month in wanted})
    months = {month for _kpi, month in wanted}
    closed = set(KpiMonth.objects.filter(month__in=months).values_list("month", flat=True))
    current = {
        (row.kpi_id, row.month): row
        for row in KpiReading.objects.current()
        .filter(team=team, kpi__in=kpis, month__in=months)
        .annotate(approver=F("approval__by"))
    }
    for row in current.values():
        row.approved_by_id = row.approver
    made = []
    for key, entry in wanted.items():
        kpi, stood = kpis.get(entry.kpi), current.get(key)
        _check(kpi, entry, stood)
        if stood is not None and entry.says(stood):
            continue
        if not entry.note and must_say_why(kpi, stood, is_closed=entry.month in closed):
            raise Refused(
                _("Say why %(kpi)s of %(month)s is corrected.")
                % {"kpi": kpi.code, "month": f"{entry.month:%Y-%m}"}
            )
        made.append(_reading(kpi, team, entry, stood, by))
    KpiReading.objects.bulk_create(made)
    _add_up(made)
    _ask_for_approval(team, made, by)
    return made


def _hold(teams: Iterable[int]) -> None:
    """Others who read for these teams, or approve it, wait."""
    rows = Team.objects.filter(pk__in=set(teams)).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


def must_say_why(kpi: Kpi, stood: KpiReading | None, *, is_closed: bool) -> bool:
    """Whether an entry takes the place of something others rely on already."""
    if stood is None:
        return kpi.is_computed
    approved = stood.approved_by_id is not None
    return is_closed or approved or stood.source == Source.COMPUTED


def _check(kpi: Kpi | None, entry: Entry, stood: KpiReading | None) -> None:
    if kpi is None:
        raise Refused(_("This KPI is not in use."))
    told = {"kpi": kpi.code, "month": f"{entry.month:%Y-%m}"}
    if entry.month > month_of(today()):
        raise Refused(_("%(month)s has not begun.") % told)
    if (stood.pk if stood else None) != entry.seen:
        raise Stale(_("Somebody entered %(kpi)s of %(month)s meanwhile.") % told)


def _reading(
    kpi: Kpi, team: Team, entry: Entry, stood: KpiReading | None, by: Person
) -> KpiReading:
    has_figure = entry.status in WITH_FIGURE
    return KpiReading(
        kpi=kpi,
        team=team,
        month=entry.month,
        numerator=entry.numerator if has_figure else None,
        denominator=entry.denominator if has_figure else None,
        n=entry.n if has_figure else 0,
        status=entry.status,
        as_of=entry.as_of or today(),
        note=entry.note,
        source=Source.ENTERED,
        definition=kpi.version,
        entered_by=by,
        supersedes=stood,
    )


def _add_up(made: Iterable[KpiReading]) -> None:
    by_month: dict[date, set[int]] = {}
    for reading in made:
        by_month.setdefault(reading.month, set()).add(reading.kpi_id)
    for month in sorted(by_month):
        totals.recompute(month, by_month[month])


def _ask_for_approval(team: Team, made: list[KpiReading], by: Person) -> None:
    """Tell who may approve, once a day, in the digest."""
    if not any(reading.status in WITH_FIGURE for reading in made):
        return
    seats = duties.holders([team.pk], duties.APPROVE).get(team.pk, [])
    tell(
        [seat.person for seat in seats if seat.person_id != by.pk],
        news=f"kpi-approval:{team.pk}:{today()}",
        text=_("%(team)s: KPI readings wait for somebody to approve them.") % {"team": team.name},
        link=reverse("teams:kpi-approvals"),
        why=_("You may approve what others of the team enter."),
    )


def correct(reading: KpiReading, *, by: Person, note: str, **values) -> KpiReading:
    """Put another reading in the place of this one, with the reason; see `enter`."""
    entry = Entry(kpi=reading.kpi_id, month=reading.month, note=note, seen=reading.pk, **values)
    made = enter(reading.team, [entry], by=by)
    if not made:
        raise Refused(_("This is what it says already."))
    return made[0]


@transaction.atomic
def approve(readings: Iterable[KpiReading], *, by: Person) -> list[KpiApproval]:
    """Stand for readings that somebody else entered, all of them or none.

    Raises Refused for one's own, for what a machine computed, and for what is approved; Stale
    for what was corrected meanwhile.
    """
    readings = list(readings)
    ids = [reading.pk for reading in readings]
    _hold(reading.team_id for reading in readings)
    rows = list(
        KpiReading.objects.filter(pk__in=ids)
        .select_related("kpi", "superseded_by", "approval")
        .order_by("pk")
    )
    for row in rows:
        told = {"kpi": row.kpi.code, "month": f"{row.month:%Y-%m}"}
        if hasattr(row, "superseded_by"):
            raise Stale(_("%(kpi)s of %(month)s was corrected meanwhile.") % told)
        if row.source == Source.COMPUTED:
            raise Refused(_("%(kpi)s of %(month)s was computed: nobody has to approve it.") % told)
        if row.entered_by_id == by.pk:
            raise Refused(
                _("You entered %(kpi)s of %(month)s: somebody else has to approve it.") % told
            )
        if hasattr(row, "approval"):
            raise Refused(_("%(kpi)s of %(month)s is approved already.") % told)
    return KpiApproval.objects.bulk_create(KpiApproval(reading=row, by=by) for row in rows)
