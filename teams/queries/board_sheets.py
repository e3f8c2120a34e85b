"""What boards and trends say, laid out for paper and for a sheet."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ipd.kernel.days import today
from teams.queries.boards import Board
from teams.queries.drawings import about
from teams.queries.heat import Heat
from teams.queries.tiles import Tile
from teams.queries.trends import Row, Trend
from teams.subjects import Subject

Sections = Sequence[tuple[str, Sequence[Tile]]]


def note() -> str:
    return _("as of %(day)s") % {"day": today().isoformat()}


def marking(subject: Subject) -> str:
    """What stands over everything about what not everybody may see."""
    if subject.is_open:
        return ""
    return _("CONFIDENTIAL · %(code)s") % {"code": subject.code}


def score_said(board: Board) -> str:
    if board.score is None or board.score.figure is None:
        return _("insufficient data for a score")
    return _("score %(figure)s of 120") % {"figure": f"{board.score.figure:.1f}"}


def on_paper(title: str, sub: str, sections: Sections, *, marking: str = "") -> dict:
    return {
        "title": title,
        "sub": sub,
        "note": note(),
        "marking": marking,
        "about": "",
        "sections": [
            {"name": name, "tiles": [_tile(one) for one in tiles]} for name, tiles in sections
        ],
        "heads": [],
        "rows": [],
    }


def trend_on_paper(trend: Trend, title: str, rows: Sequence[Row], *, marking: str = "") -> dict:
    return {
        "title": title,
        "sub": trend.kpi.formula,
        "note": note(),
        "marking": marking,
        "about": about(trend),
        "sections": [],
        "heads": [_("Month"), _("Figure"), _("Numerator ÷ denominator"), "n", _("State")],
        "rows": [
            [f"{row.point.month:%Y-%m}", row.figure, row.parts, str(row.point.n), state(row)]
            for row in rows
        ],
    }


def _tile(one: Tile) -> dict:
    counted = f"n = {one.n}" if one.n else ""
    month = f"{one.month:%Y-%m}" if one.month else ""
    flags = [
        _("provisional") if one.is_open else "",
        _("estimated") if one.is_estimated else "",
        _("few observations") if one.is_few else "",
    ]
    owner = one.kpi.owner.code if one.kpi.owner else ""
    changed = " ".join(filter(None, [one.change, one.change_word]))
    since = _("since %(then)s") % {"then": one.since} if one.since else ""
    return {
        "name": one.kpi.name,
        "code": one.kpi.code,
        "of": one.of,
        "figure": one.figure,
        "tone": one.tone,
        "word": str(one.word),
        "target": one.target,
        "change": " ".join(filter(None, [changed, since])),
        "beside": one.beside,
        "foot": " · ".join(filter(None, [owner, month, counted, *flags])),
    }


def state(row: Row) -> str:
    said = str(row.reading.get_status_display()) if row.reading is not None else ""
    return ", ".join(filter(None, [said, _("provisional") if row.point.is_open else ""]))


def of_tiles(sections: Sections) -> tuple[list[str], list[list]]:
    """One row a tile, with its number where it may be seen and rests on enough."""
    heads = [
        *(_("Dimension"), _("KPI"), _("Name"), _("Of"), _("Figure"), _("Shown"), _("State")),
        *(_("Target"), _("Change"), _("Since"), _("Month"), "n", _("Remarks")),
    ]
    rows = [
        [
            *(name, one.kpi.code, one.kpi.name, one.of, _number(one), one.figure, str(one.word)),
            *(one.target, one.change, one.since, f"{one.month:%Y-%m}" if one.month else ""),
            *(one.n, " ".join(one.beside)),
        ]
        for name, tiles in sections
        for one in tiles
    ]
    return heads, rows


def _number(one: Tile) -> float | None:
    if one.hidden or one.is_few:
        return None
    at = next((point for point in one.series if point and point.month == one.month), None)
    return float(at.figure) if at is not None and at.figure is not None else None


def of_trend(trend: Trend, rows: Sequence[Row]) -> tuple[list[str], list[list]]:
    """One row a month; what was divided by what only where amounts may be seen."""
    amounts = trend.granted or not (trend.kpi.has_amounts or trend.kpi.is_money)
    heads = [
        *(_("Month"), _("Figure"), _("Shown"), _("Numerator"), _("Denominator"), "n"),
        *(_("Teams"), _("State")),
    ]
    cells = []
    for row in rows:
        point = row.point
        has = point.figure is not None
        cells.append(
            [
                f"{point.month:%Y-%m}",
                float(point.figure) if has and not point.is_few else None,
                row.figure,
                *(
                    [float(point.numerator), float(point.denominator)]
                    if has and amounts
                    else [None, None]
                ),
                point.n,
                point.teams,
                state(row),
            ]
        )
    return heads, cells


def of_heat(heat: Heat) -> tuple[list[str], list[list]]:
    heads = [_("Team"), _("Name"), _("Phase"), _("Score"), *(kpi.code for kpi in heat.kpis)]
    rows = [
        [
            row.subject.code,
            row.subject.name,
            row.subject.phase_name,
            None if row.score.figure is None else round(float(row.score.figure), 2),
            *(f"{cell.sign} {cell.text}".strip() for cell in row.cells),
        ]
        for row in heat.rows
    ]
    return heads, rows
