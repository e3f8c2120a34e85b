"""Boards and trends to take away: PDF, PNG, SVG, XLSX, each saying what its page says."""

from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ipd.kernel.access import Refused
from ipd.kernel.days import today
from teams.forms.boards import MonthFilter
from teams.queries import board_sheets, own_boards, papers
from teams.queries import heat as teams_by_kpis
from teams.queries import trends as series
from teams.views import boards, trends
from teams.views import own_boards as own_pages

TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
OF_A_BOARD, OF_A_TREND, OF_A_MAP = ("pdf", "xlsx"), ("svg", "png", "pdf", "xlsx"), ("xlsx",)


def _answer(content: bytes, ending: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPES[ending])
    filename = f"{slugify(name) or 'kpis'}-{today():%Y-%m-%d}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _known(ending: str, endings: tuple[str, ...]) -> None:
    if ending not in endings:
        raise Http404


def _board(ending, title, sub, sections, month, marking="") -> HttpResponse:
    if ending == "xlsx":
        heads, rows = board_sheets.of_tiles(sections)
        return _answer(papers.xlsx(f"{month:%Y-%m}", heads, rows), ending, title)
    said = board_sheets.on_paper(title, sub, sections, marking=marking)
    return _answer(papers.pdf(said), ending, title)


@require_safe
def company(request, ending):
    return _group_file(request, "", ending)


@require_safe
def line(request, code, ending):
    return _group_file(request, code, ending)


def _group_file(request, code, ending):
    _known(ending, OF_A_BOARD)
    shown = boards.group_board(request, code)
    title = _("KPIs of %(name)s") % {"name": shown.context["name"] or _("the company")}
    sections = [(one.name, one.tiles) for one in shown.board.sections]
    return _board(ending, title, f"{shown.board.month:%Y-%m}", sections, shown.board.month)


@require_safe
def team(request, pk, ending):
    """A team's board; marked when the team's work is confidential."""
    _known(ending, OF_A_BOARD)
    shown = boards.team_board(request, pk)
    subject, month = shown.context["subject"], shown.board.month
    title = _("KPIs of %(name)s") % {"name": f"{subject.code} {subject.name}"}
    sections = [(one.name, one.tiles) for one in shown.board.sections]
    sub = f"{subject.phase_name} · {month:%Y-%m} · {board_sheets.score_said(shown.board)}"
    return _board(ending, title, sub, sections, month, board_sheets.marking(subject))


@require_safe
def own(request, pk, ending):
    """One's own board."""
    _known(ending, OF_A_BOARD)
    board, form = own_pages.mine(request, pk), MonthFilter(request.GET)
    made = own_boards.drawn(request.user, own_boards.tiles_of(board), form.asked())
    sections = [("", [tile for tile in made if tile is not None])]
    return _board(ending, board.name, f"{form.asked():%Y-%m}", sections, form.asked())


@require_safe
def heat(request, ending):
    """All teams that the page is narrowed to, whatever stretch of them it shows."""
    _known(ending, OF_A_MAP)
    _form, narrowed = boards.heat_asked(request)
    found = teams_by_kpis.whole(request.user, **narrowed)
    if found is None:
        most = {"most": teams_by_kpis.MOST}
        raise Refused(_("A sheet holds %(most)s teams at most. Please choose a line.") % most)
    heads, rows = board_sheets.of_heat(found)
    return _answer(papers.xlsx(_("Teams by KPIs"), heads, rows), ending, _("Teams by KPIs"))


@require_safe
def team_trend(request, pk, kpi, ending):
    _known(ending, OF_A_TREND)
    shown = trends.team_trend(request, pk, kpi)
    marking = board_sheets.marking(shown.context["subject"])
    return _trend(shown, series.rows(shown.trend), ending, marking)


@require_safe
def group_trend(request, kpi, ending):
    _known(ending, OF_A_TREND)
    shown = trends.group_trend(request, kpi)
    return _trend(shown, series.total_rows(shown.trend), ending)


def _trend(shown: trends.Shown, rows, ending, marking="") -> HttpResponse:
    """A drawing of money is not there for who may not see it."""
    if shown.drawn is None:
        raise Http404
    name, note = shown.drawn.title, board_sheets.note()
    if ending == "xlsx":
        heads, cells = board_sheets.of_trend(shown.trend, rows)
        return _answer(papers.xlsx(shown.trend.kpi.code, heads, cells), ending, name)
    drawing = papers.svg(shown.drawn, note=f"{marking} {note}".strip())
    if ending == "pdf":
        said = board_sheets.trend_on_paper(shown.trend, name, rows, marking=marking)
        return _answer(papers.pdf(said, drawing=drawing), ending, name)
    return _answer(papers.png(drawing) if ending == "png" else drawing, ending, name)
