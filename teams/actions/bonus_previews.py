"""What would change if: it happens, is read, and is taken back; nothing of it stays."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.days import today
from teams import findings
from teams.models import BonusFinding, BonusKpi, BonusTeam
from teams.models.bonuses import RoundState
from teams.queries import bonus_results, computed
from teams.queries.bonus_results import TeamResult
from teams.subjects import subjects
from teams.what_ifs import WhatIf, offered


@dataclass(frozen=True)
class Preview:
    """A team as it stands, and as it would."""

    what_if: WhatIf
    before: TeamResult
    after: TeamResult


class TakenBack(Exception):
    """Rolls back what was only tried."""


def choices(row: BonusTeam) -> list[WhatIf]:
    """What may be tried for the team; nothing once the round is frozen."""
    subject = subjects().of([row.team_id]).get(row.team_id)
    if subject is None or row.round.state != RoundState.OPEN:
        return []
    return offered(subject.measured)


def preview(row: BonusTeam, key: str) -> Preview:
    """Let it happen in a transaction that is always rolled back, and read what moves.

    A computed KPI moves by as much as its measures do between before and after; findings are
    found again. Refused for what is not offered, and for what cannot happen.
    """
    what_if = next((one for one in choices(row) if one.key == key), None)
    if what_if is None:
        raise Refused(_("This can not be tried for this team now."))
    measured = subjects().of([row.team_id])[row.team_id].measured
    paid = list(row.round.kpis.select_related("kpi"))
    before = _read(paid, measured)
    found = None
    try:
        with transaction.atomic():
            what_if.happen()
            after = _read(paid, measured)
            moved = {
                (row.team_id, kpi): figure - before[kpi]
                for kpi, figure in after.items()
                if kpi in before
            }
            cuts = _findings(row, measured)
            found = bonus_results.compute(row.round, moved=moved, findings=cuts)
            raise TakenBack
    except TakenBack:
        pass
    plain = bonus_results.compute(row.round)
    return Preview(what_if, plain.teams[row.pk], found.teams[row.pk])


def _read(paid: Iterable[BonusKpi], measured: int) -> dict[int, Decimal]:
    """The figures of computed KPIs as their measures read now, by KPI."""
    known: dict = {}
    found = {}
    for one in paid:
        reading = computed.read(one.kpi, [measured], today(), known=known).get(measured)
        if reading is not None and reading.ratio is not None:
            percent = one.kpi.unit == "%"
            found[one.kpi_id] = 100 * reading.ratio if percent else reading.ratio
    return found


def _findings(row: BonusTeam, measured: int) -> dict[int, list[BonusFinding]]:
    """All findings of the round, those of this team found again."""
    kept: dict[int, list[BonusFinding]] = {}
    for finding in BonusFinding.objects.filter(team__round=row.round_id):
        kept.setdefault(finding.team_id, []).append(finding)
    own = kept.get(row.pk, [])
    cleared = {finding.key for finding in own if finding.key and finding.cleared}
    stated = [finding for finding in own if not finding.key]
    facts = findings.found([measured], today()).get(measured, [])
    kept[row.pk] = stated + [
        BonusFinding(team=row, kind=fact.kind, key=fact.key, text=fact.text)
        for fact in facts
        if fact.key not in cleared
    ]
    return kept
