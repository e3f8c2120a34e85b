"""Teams by KPIs: one row a team, a cell each, coloured by its own phase's targets; never ranked."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ipd.kernel import keyset
from teams.models import Kpi, Person, Team
from teams.queries import boards, scores
from teams.queries.figures import shown, tone
from teams.queries.points import of_reading
from teams.queries.tiles import WORDS, counted
from teams.subjects import Subject, subjects

PAGE = 25
AT_ONCE, MOST = 100, 1000  # teams of a sheet: read together, and in all
CODE = "X"
KEYS = ["code", "pk"]
SIGNS = {"on": "●", "risk": "▲", "off": "■", "none": ""}
TONES = {tone: format_html(' data-tone="{}"', tone) for tone in ("on", "risk", "off")} | {"": ""}
MARKS = {
    sign: format_html('<i aria-hidden="true">{}</i>', sign) if sign else ""
    for sign in SIGNS.values()
}


@dataclass(frozen=True)
class Cell:
    """`said` is what the cell means, for who hovers or listens."""

    text: str
    tone: str
    sign: str
    said: str
    url: str


@dataclass(frozen=True)
class Row:
    subject: Subject
    score: scores.Score
    cells: list[Cell]

    @property
    def drawn(self) -> SafeString:
        """The cells as they stand in the table: a page has hundreds, so no template is asked."""
        return format_html_join(
            "",
            '<td{}><a href="{}" title="{}">{}{}</a></td>',
            (
                (TONES[cell.tone], cell.url, cell.said, MARKS[cell.sign], cell.text)
                for cell in self.cells
            ),
        )


@dataclass(frozen=True)
class Heat:
    kpis: list[Kpi]
    rows: list[Row]
    after: str


def page(
    person: Person,
    month: date,
    *,
    group: str = "",
    dimension: str = "",
    text: str = "",
    after: str = "",
    size: int | None = None,
) -> Heat:
    """Teams by code with their KPIs that weigh something, or those of a dimension.

    size  twenty-five teams unless more are wanted
    """
    told = subjects()
    teams = Team.objects.filter(pk__in=told.visible_to(person, group=group))
    if text:
        teams = teams.filter(Q(code__icontains=text) | Q(name__icontains=text))
    found = keyset.part(teams, KEYS, after=after, size=size or PAGE)
    by_team = told.of(team.pk for team in found.rows)
    every = [kpi for kpi in boards.cards(month) if kpi.dimension]
    scored = scores.of_teams(by_team.values(), month, kpis=every)
    ids = told.granted(person).filter(team__in=by_team)
    granted = {row["team"] for row in ids}
    kpis = [kpi for kpi in every if not dimension or kpi.dimension == dimension]
    words = {tone_: str(word) for tone_, word in WORDS.items()}
    rows = []
    for team in found.rows:
        if team.pk in by_team:
            score = scored[team.pk]
            by_kpi = {row.kpi.pk: row for row in score.rows}
            base = reverse("teams:kpi-trend", args=[team.pk, CODE]).removesuffix(f"{CODE}/")
            cells = [_cell(by_kpi[kpi.pk], base, words, granted=team.pk in granted) for kpi in kpis]
            rows.append(Row(by_team[team.pk], score, cells))
    return Heat(kpis, rows, found.after)


def whole(person: Person, month: date, **narrowed) -> Heat | None:
    """All teams that fit, some at a time; None when they are too many for one sheet."""
    found, rows = page(person, month, size=AT_ONCE, **narrowed), []
    while True:
        rows += found.rows
        if not found.after:
            return Heat(found.kpis, rows, "")
        if len(rows) >= MOST:
            return None
        found = page(person, month, size=AT_ONCE, after=found.after, **narrowed)


def _cell(row: scores.Row, base: str, words: dict[str, str], *, granted: bool) -> Cell:
    """`base` is the address of the team's figures: hundreds of them need not be looked up."""
    kpi, url = row.kpi, f"{base}{quote(row.kpi.code)}/"
    if row.figure is None:
        text, said = ("–", _("not due")) if not row.is_due else ("?", _("missing"))
        return Cell(text, "", "", f"{kpi.code}: {said}", url)
    point = of_reading(kpi, row.reading)
    if point.is_few:
        text = counted(kpi, point, granted=granted)
        return Cell(text, "", "", f"{kpi.code}: {text}, {_('few observations')}", url)
    found = "none" if kpi.is_money and not granted else tone(row.figure, row.scale)
    text = shown(kpi, row.figure, granted=granted)
    said = f"{kpi.code}: {text}, {words[found]}"
    return Cell(text, "" if found == "none" else found, SIGNS[found], said, url)
