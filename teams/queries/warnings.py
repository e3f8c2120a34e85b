"""Early warning: unstable products, slipping deadlines, complaints; read from KPIs, of a team
and of all that the reader may see.

Nothing is averaged and nobody is ranked: a team stands here with the KPIs that show a sign, by
its own phase's targets. Amounts of money warn of nothing here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ipd.kernel import keyset
from ipd.kernel.charts import spark
from ipd.kernel.days import today
from teams.calculations.alerts import Sign, signs
from teams.calculations.months import last_day, month_of, shifted
from teams.models import Kpi, KpiAlert, Person, Team, WarningSign
from teams.models.boards import AlertKind
from teams.models.warnings import Warned
from teams.queries import points, readings, targets
from teams.queries.figures import shown, tone
from teams.queries.standing import LONGEST, of_rows
from teams.queries.tiles import upto
from teams.subjects import Subject, subjects

PAGE = 25
KEYS = ["-warned", "code", "pk"]
MONTHS = 12


@dataclass(frozen=True)
class Signal:
    """One KPI that tells a sign, with the months that led there."""

    kpi: Kpi
    figure: str
    month: date
    tone: str
    signs: list[Sign]
    spark: SafeString
    url: str

    @property
    def words(self) -> str:
        return ", ".join(str(AlertKind(sign.value).label) for sign in self.signs)

    @property
    def is_grave(self) -> bool:
        return Sign.OUTSIDE in self.signs


@dataclass
class Told:
    """What one of the three says of a team: what warns, and what was looked at in vain."""

    kind: Warned
    warnings: list[Signal] = field(default_factory=list)
    quiet: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def tone(self) -> str:
        if any(one.is_grave for one in self.warnings):
            return "off"
        if self.warnings:
            return "risk"
        return "on" if self.quiet else "none"

    @property
    def word(self) -> str:
        return {
            "off": _("outside the band"),
            "risk": _("warns"),
            "on": _("quiet"),
            "none": _("nothing was read"),
        }[self.tone]


@dataclass(frozen=True)
class Row:
    subject: Subject
    told: list[Told]
    url: str

    @property
    def count(self) -> int:
        return sum(bool(one.warnings) for one in self.told)


@dataclass(frozen=True)
class Page:
    rows: list[Row]
    after: str
    warned: int
    watched: int


def kpis_that_warn() -> dict[int, tuple[Kpi, Warned]]:
    """By pk, in their order; one query."""
    rows = WarningSign.objects.filter(kpi__is_active=True).select_related("kpi")
    rows = rows.order_by("kpi__order", "kpi__code")
    return {row.kpi_id: (row.kpi, Warned(row.tells)) for row in rows if not row.kpi.is_money}


def page(person: Person, *, group: str = "", tells: str = "", after: str = "") -> Page:
    """The teams with a lasting sign, those with more of the three first; a few queries."""
    told = subjects()
    lasting = KpiAlert.objects.filter(
        cleared_in=None, kpi__is_active=True, kpi__warning__isnull=False
    )
    if tells:
        lasting = lasting.filter(kpi__warning__tells=tells)
    by_team = lasting.filter(team=OuterRef("pk")).order_by().values("team")
    kinds = by_team.annotate(n=Count("kpi__warning__tells", distinct=True)).values("n")
    watched = Team.objects.filter(pk__in=told.visible_to(person, group=group)).annotate(
        warned=Coalesce(Subquery(kinds, output_field=IntegerField()), 0)
    )
    warned = watched.filter(warned__gt=0)
    found = keyset.part(warned, KEYS, after=after, size=PAGE)
    rows = _rows(told.of(team.pk for team in found.rows))
    in_order = [rows[team.pk] for team in found.rows if team.pk in rows]
    return Page(in_order, found.after, warned.count(), watched.count())


def lasting(team: int) -> list[KpiAlert]:
    """A team's signs that last, by what they tell; one query."""
    rows = KpiAlert.objects.filter(
        team=team, cleared_in=None, kpi__is_active=True, kpi__warning__isnull=False
    )
    rows = rows.select_related("kpi__warning")
    return list(rows.order_by("kpi__warning__tells", "kpi__order", "kpi__code", "kind"))


def of_team(subject: Subject) -> Row:
    """One team's; four queries."""
    return _rows({subject.team: subject})[subject.team]


def _rows(by_team: dict[int, Subject]) -> dict[int, Row]:
    month = month_of(today())
    kpis = kpis_that_warn()
    aims = targets.on(last_day(month))
    first = shifted(month, -max(LONGEST, MONTHS))
    series = readings.history(by_team, first, month, kpis) if kpis and by_team else {}
    found = {}
    for team, subject in by_team.items():
        told = {kind: Told(kind) for kind in Warned}
        for pk, (kpi, kind) in kpis.items():
            if aims.is_due(kpi, subject.phase):
                _look(told[kind], kpi, subject, series.get((team, pk), ()), aims, month)
        url = reverse("teams:kpi-team-warnings", args=[team])
        found[team] = Row(subject, list(told.values()), url)
    return found


def _look(
    told: Told,
    kpi: Kpi,
    subject: Subject,
    rows: Iterable,
    aims: targets.Targets,
    month: date,
) -> None:
    """Whether the KPI's months show a sign; it is then said with them."""
    standing = of_rows(list(rows), kpi, month)
    if standing is None or standing.ratio is None:
        told.missing.append(kpi.code)
        return
    now = points.of_reading(kpi, standing)
    scale = aims.scale(kpi.pk, subject.phase)
    months = points.by_month((points.of_reading(kpi, row) for row in rows), month, MONTHS)
    figures = upto(points.figures(months), now, months)
    calls = signs(figures, points.band(kpi, scale), rises=points.rises(kpi))
    if now.is_few or not calls:
        told.quiet.append(kpi.code)
        return
    found = tone(now.figure, scale)
    told.warnings.append(
        Signal(
            kpi,
            shown(kpi, now.figure, granted=False),
            now.month,
            found,
            calls,
            spark(
                figures,
                about=_("%(kpi)s, the last months") % {"kpi": kpi.name},
                target=None if scale is None or scale.centre is not None else float(scale.target),
                tone=found,
            ),
            reverse("teams:kpi-trend", args=[subject.team, kpi.code]),
        )
    )
