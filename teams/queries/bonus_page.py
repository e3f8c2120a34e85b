"""A bonus as its pages show it: amounts only for those who may read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ipd.kernel.measures import Unit
from ipd.kernel.money import money
from teams.calculations import bonuses
from teams.calculations.intervals import CERTAIN_FROM, wilson
from teams.models import (
    BonusAnswer,
    BonusAppeal,
    BonusFigure,
    BonusKpi,
    BonusMember,
    BonusRound,
    BonusTeam,
    Person,
)
from teams.models.bonus_teams import Counts
from teams.models.kpis import Together
from teams.queries import figures
from teams.queries.bonus_access import Access
from teams.queries.bonus_results import part_of

TONES = {Counts.YES: "", Counts.NOT_DUE: "none", Counts.MISSING: "off", Counts.UNAUDITED: "risk"}


def number(value: Decimal | None, places: int = 2) -> str:
    """A plain number; a dash where there is none."""
    if value is None:
        return "–"
    return number_format(figures.rounded(value, places), places, force_grouping=True)


@dataclass(frozen=True)
class Cell:
    """One paid KPI of a team as a row of its score."""

    row: BonusFigure
    scale: str
    figure: str
    score: str
    points: str
    remark: str
    tone: str


def scored(row: BonusTeam) -> list[Cell]:
    """The rows of a team's score, in the order of the catalogue; one query."""
    rows = row.figures.select_related("paid__kpi")
    return [_cell(one) for one in rows.order_by("paid__kpi__order", "paid__kpi__code")]


def _cell(row: BonusFigure) -> Cell:
    kpi, paid = row.paid.kpi, row.paid
    # Below so many observations there is no figure to show, only what was counted.
    few = row.n and row.n < kpi.least_n
    shown = figures.shown(kpi, row.figure, granted=False)
    if few and row.numerator is not None and _is_share(row):
        told = {"hits": number(row.numerator, 0), "all": number(row.denominator, 0)}
        shown = _("%(hits)s of %(all)s") % told
    points = None if row.score is None else row.score * paid.weight / 100
    return Cell(
        row=row,
        scale=ends(paid),
        figure=shown,
        score=number(row.score),
        points=number(points),
        remark=_remark(row),
        tone=TONES[row.counts],
    )


def _is_share(row: BonusFigure) -> bool:
    """Whether the figure is so many of so many: whole rows, of which all were counted."""
    kpi = row.paid.kpi
    counted = kpi.unit == Unit.PERCENT and kpi.together == Together.RATIO
    parts = (row.numerator, row.denominator)
    whole = None not in parts and all(part == int(part) for part in parts)
    return counted and whole and row.denominator == row.n and 0 <= row.numerator <= row.n


def _remark(row: BonusFigure) -> str:
    """Why a figure does not count, or how uncertain few observations are."""
    if row.counts != Counts.YES:
        return str(Counts(row.counts).label)
    if not row.n or row.n >= CERTAIN_FROM:
        return ""
    if row.n == 1:
        return _("a single reading")
    if not _is_share(row):
        return _("uncertain: n = %(n)s") % {"n": row.n}
    low, high = (round(100 * end) for end in wilson(int(row.numerator), row.n))
    return _("uncertain: n = %(n)s, 95 %% between %(low)s and %(high)s %%") % {
        **{"n": row.n, "low": low, "high": high},
    }


@dataclass(frozen=True)
class MemberRow:
    """A member as this reader may see them; what they may not is empty."""

    member: BonusMember
    contribution: str = ""
    counts_as: str = ""
    share: str = ""
    is_own: bool = False


def members(
    row: BonusTeam, rows: list[BonusMember], person: Person, found: Access
) -> list[MemberRow]:
    """The lead sees all of the own team; a head the own function's people, without amounts;
    who prepares the round sees who takes part; everybody sees themselves."""
    mean = bonuses.mean_contribution([part_of(member) for member in rows])
    shown = []
    for member in rows:
        own, headed = member.person_id == person.pk, member.function_id in found.heads
        if not (own or found.leads or headed or found.duties.manages):
            continue
        sees_contribution = row.proposed_on and (own or found.leads or headed)
        shown.append(
            MemberRow(
                member=member,
                contribution=number(member.contribution) if sees_contribution else "",
                counts_as=number(member.contribution / mean, 4) if sees_contribution else "",
                share=_share(row, member) if own or found.leads else "",
                is_own=own,
            )
        )
    return shown


def _share(row: BonusTeam, member: BonusMember) -> str:
    return money(member.share, row.round.currency, granted=True)


@dataclass(frozen=True)
class Sums:
    """A round's amounts for one reader."""

    fund: str
    released: str
    left_over: str
    left: str
    paid: str
    heads: str
    coefficient: str


def sums(row: BonusRound, *, granted: bool, heads: Decimal, left: Decimal | None = None) -> Sums:
    """The round as a whole; those who have no part in it see that there is money, not how much."""

    def shown(amount):
        return money(amount, row.currency, granted=granted)

    paid = None if row.released is None else row.released - row.left_over
    return Sums(
        fund=shown(row.fund),
        released=shown(row.released),
        left_over=shown(row.left_over),
        left=shown(row.left_over if left is None else left),
        paid=shown(paid),
        heads=number(heads, 2),
        coefficient=number(row.coefficient, 4),
    )


def whole(amount: Decimal | None, row: BonusRound) -> str:
    """An amount that is the reader's to see; blank when there is none."""
    return money(amount, row.currency, granted=True) if amount else ""


def ends(paid: BonusKpi) -> str:
    """Floor, target and stretch as they are given."""
    return " / ".join(number(value, 2) for value in (paid.floor, paid.target, paid.stretch))


def weight(members: Iterable[BonusMember]) -> str:
    """What all members' parts make together: a share is the own part of it."""
    whole = sum((part_of(member).weight for member in members), Fraction(0))
    return number(Decimal(whole.numerator) / Decimal(whole.denominator), 4)


@dataclass(frozen=True)
class Appealed:
    row: BonusAppeal
    answer: BonusAnswer | None
    amount: str


def appeals(row: BonusTeam, rows: Iterable[BonusAppeal]) -> list[Appealed]:
    """Appeals with their answers; what one grants is read by whom it is about, or who grants."""
    found = []
    for one in rows:
        answer = getattr(one, "answer", None)
        amount = answer.amount if answer and answer.amount else None
        shown = money(amount, row.round.currency, granted=True) if amount else ""
        found.append(Appealed(one, answer, shown))
    return found


@dataclass(frozen=True)
class TeamLine:
    """One team in a round, for those who may read its pool."""

    row: BonusTeam
    score: str
    multiplier: str
    exact: str
    factor: str
    heads: str
    base: str
    pool: str
    waits: list[str]


def team_line(row: BonusTeam, *, granted: bool, waits: Iterable[str] = ()) -> TeamLine:
    return TeamLine(
        row=row,
        score=number(row.score),
        multiplier=number(row.multiplier, 6),
        exact=f"{row.multiplier.normalize():f}",
        factor=number(row.factor, 2),
        heads=number(row.headcount, 2),
        base=money(row.base, row.round.currency, granted=granted),
        pool=money(row.entitlement, row.round.currency, granted=granted),
        waits=list(waits),
    )
