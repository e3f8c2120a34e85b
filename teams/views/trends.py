"""One KPI over time, of a team or of a group; and what is behind its figures."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from teams.forms.boards import TrendFilter
from teams.models import Kpi
from teams.queries import contributions, drawings, own_boards, tiles, trends
from teams.views.boards import files_of, group_of, measured_team, query_of


@dataclass(frozen=True)
class Shown:
    """A trend with its drawing and what its page says around it; no drawing of hidden money."""

    trend: trends.Trend
    drawn: drawings.Drawn | None
    form: TrendFilter
    context: dict


def card(request, code) -> Kpi:
    """A KPI's card, which everybody reads; with the reader's first board, to add it to."""
    return get_object_or_404(own_boards.with_first(request.user), code=code)


def team_trend(request, pk, code) -> Shown:
    found, subject = measured_team(request, pk)
    kpi, form = card(request, code), TrendFilter(request.GET)
    trend = trends.of_team(request.user, found, subject, kpi, form.asked(), form.count)
    context = {"team": found, "subject": subject, "confidential": not subject.is_open}
    return Shown(trend, _drawn(trend, f"{subject.code} {kpi.name}"), form, context)


def group_trend(request, code) -> Shown:
    line = request.GET.get("line", "")
    name = group_of(request, line)[1] if line else ""
    kpi, form = card(request, code), TrendFilter(request.GET)
    trend = trends.of_group(request.user, line, kpi, form.asked(), form.count)
    title = f"{name} · {kpi.name}" if name else kpi.name
    return Shown(trend, _drawn(trend, title), form, {"code": line, "name": name})


def _drawn(trend, title):
    return None if trend.hidden else drawings.drawn(trend, title=title)


@require_safe
def team(request, pk, kpi):
    """A team's KPI: the line, the readings behind it, the measure and the formula behind those."""
    shown = team_trend(request, pk, kpi)
    trend, subject = shown.trend, shown.context["subject"]
    context = _about(shown, is_due=trend.scale is not None) | {
        "rows": trends.rows(trend),
        "bound": trends.bound(trend.kpi, subject.measured),
        "of_tile": f"team:{pk}",
        "files": _files(request, shown, "teams:kpi-trend-file", pk=pk, kpi=kpi),
        "here": "team",
    }
    return render(request, "teams/boards/team_trend.html", context | shown.context)


@require_safe
def group(request, kpi):
    """A group's KPI: the line, how it adds up, and the teams behind the month."""
    shown = group_trend(request, kpi)
    trend, code = shown.trend, shown.context["code"]
    if trend.kpi.is_active is False and not any(trend.series):
        raise Http404
    now = trend.now
    context = _about(shown, is_due=False) | {
        "rows": trends.total_rows(trend),
        "behind": contributions.of_month(
            request.user,
            code,
            trend.kpi,
            now.month if now else trend.month,
            granted=trend.granted,
            after=request.GET.get("after", ""),
        ),
        "bound": trends.bound(trend.kpi, None),
        "of_tile": f"line:{code}" if code else "",
        "files": _files(request, shown, "teams:kpi-group-trend-file", kpi=kpi),
        "kept": [("line", code)] if code else [],
        "query": query_of(request),
        "here": f"line-{code}" if code else "company",
    }
    return render(request, "teams/boards/group_trend.html", context | shown.context)


def _files(request, shown, name, **named):
    """None of money that the reader may not see."""
    if shown.drawn is None:
        return []
    return files_of(request, name, endings=("svg", "png", "pdf", "xlsx"), **named)


def _about(shown: Shown, *, is_due: bool) -> dict:
    trend = shown.trend
    now = trend.now
    return {
        "kpi": trend.kpi,
        "trend": trend,
        "drawn": shown.drawn,
        "filter": shown.form,
        "now": now,
        "tile": tiles.tile(
            trend.kpi,
            now,
            trend.series,
            trend.scale,
            url="",
            granted=trend.granted,
            is_due=is_due,
        ),
    }
