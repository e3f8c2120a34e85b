"""What a what-if would do to a team's bonus, figure by figure."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from ipd.kernel.money import money
from teams.models import BonusTeam, Person
from teams.queries import figures
from teams.queries.bonus_page import number
from teams.queries.bonus_results import TeamResult, shares


@dataclass(frozen=True)
class Tried:
    """One figure before and after a what-if."""

    label: str
    before: str
    after: str

    @property
    def moves(self) -> bool:
        return self.before != self.after


class Preview(Protocol):
    """A team as it stands, and as it would (`teams.actions.bonus_previews`)."""

    before: TeamResult
    after: TeamResult


def tried(found: Preview, row: BonusTeam, own: Person | None) -> list[Tried]:
    """What a what-if would do to the team, and to the reader's own share."""
    sides = (found.before, found.after)

    def line(label, shown):
        return Tried(str(label), *(shown(side) for side in sides))

    def amount(value):
        return money(value, row.round.currency, granted=True)

    rows = [
        Tried(
            before.paid.kpi.name,
            *(figures.shown(one.paid.kpi, one.figure, granted=False) for one in (before, after)),
        )
        for before, after in zip(*(side.figures for side in sides), strict=True)
    ]
    rows += [
        line(_("Score"), lambda side: number(side.score.figure)),
        line(_("Multiplier"), lambda side: number(side.multiplier, 6)),
        line(_("Gate factor"), lambda side: number(side.factor)),
        line(_("Pool"), lambda side: amount(side.entitlement)),
    ]
    if own is not None and row.proposed_on:
        rows.append(line(_("Your share"), lambda side: amount(_own_share(side, own))))
    return rows


def _own_share(side: TeamResult, own: Person) -> Decimal | None:
    split = shares(side.entitlement, side.members)
    return next((split[m.pk] for m in side.members if m.person_id == own.pk), None)
