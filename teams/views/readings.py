"""Readings of a team: the sheet in which they are entered, and the file of them."""

from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ipd.kernel.access import Stale, require
from ipd.kernel.exports import TYPES, as_csv, as_xlsx
from ipd.kernel.forms.seen import OnceForm
from ipd.kernel.once import once
from teams.actions import readings
from teams.calculations.months import row_of, shifted
from teams.forms.reading_grids import Sheet
from teams.forms.readings import MonthFilter
from teams.models import Kpi
from teams.queries import figures, reading_sheets
from teams.queries.duties import ENTER
from teams.queries.reading_sheets import Ground
from teams.views.entry import Entry, entry

MONTHS = 6


@require_http_methods(["GET", "HEAD", "POST"])
@once
def sheet(request, pk):
    """Everybody who sees the team reads it; who has a seat that enters writes in it."""
    found = entry(request, pk)
    asked = MonthFilter(request.POST if request.method == "POST" else request.GET)
    months = row_of(asked.at, MONTHS)
    drawn = _sheet(found, months)
    if request.method != "POST":
        return _page(request, found, asked, *drawn)
    require(ENTER in found.acts)
    return _write(request, found, asked, *drawn)


def _write(request, found: Entry, asked: MonthFilter, shown: Sheet, ground: Ground):
    """Pasting fills the sheet and keeps nothing; what is wrong, or moved, is shown in its cell."""
    shown.bind(request.POST)
    if request.POST.get("act") == "paste":
        shown.paste(request.POST.get("pasted", "")[:200_000])
        shown.entries()
        return _page(request, found, asked, shown, ground, status=200 if shown.is_valid else 422)
    entries = shown.entries()
    if not shown.is_valid or shown.moved:
        status = 409 if shown.moved else 422
        return _page(request, found, asked, shown, ground, status=status)
    try:
        made = readings.enter(found.team, entries, by=request.user)
    except Stale:
        again, ground = _sheet(found, shown.months)
        again.bind(request.POST)
        return _page(request, found, asked, again, ground, status=409)
    said = ngettext("%(n)d reading is kept.", "%(n)d readings are kept.", len(made))
    messages.success(request, said % {"n": len(made)} if made else _("Nothing was new."))
    return redirect(f"{reverse('teams:kpi-readings', args=[found.team.pk])}?month={_name(asked)}")


def _sheet(found: Entry, months) -> tuple[Sheet, Ground]:
    ground = reading_sheets.ground(found.subject, months)

    def may_edit(kpi):
        entered = kpi.is_active and not kpi.is_computed
        return ENTER in found.acts and entered and not _hides(kpi, found)

    shown = Sheet.stored(
        ground.kpis,
        months,
        ground.found,
        due=lambda kpi: kpi.pk in ground.due,
        may_edit=may_edit,
        closed=ground.closed,
    )
    for row in shown.rows:
        for cell in row.cells:
            figure = cell.reading.figure(row.kpi) if cell.reading else None
            cell.figure = figures.shown(row.kpi, figure, granted=found.granted)
    return shown, ground


def _hides(kpi: Kpi, found: Entry) -> bool:
    """Whether what was divided by what is money that this reader may not see."""
    return (kpi.has_amounts or kpi.is_money) and not found.granted


def _page(request, found: Entry, asked: MonthFilter, shown: Sheet, ground: Ground, *, status=200):
    rows = shown.rows
    first, last = shown.months[0], shown.months[-1]
    context = found.context(
        sheet=shown,
        once=OnceForm(),
        parts=[
            (_("Entered"), [row for row in rows if not row.kpi.is_computed]),
            (_("Computed"), [row for row in rows if row.kpi.is_computed]),
        ],
        heads=[(month, month in shown.closed) for month in shown.months],
        filter=asked,
        month=_name(asked),
        earlier=shifted(first, -1),
        later=shifted(last, MONTHS) if last < MonthFilter({}).at else None,
        may_enter=ENTER in found.acts and bool(shown.editable),
    )
    return render(request, "teams/readings/sheet.html", context, status=status)


def _name(asked: MonthFilter) -> str:
    return f"{asked.at:%Y-%m}"


HEAD = ["team", "kpi", "month", "numerator", "denominator", "n", "status", "as_of", "note"]


@require_safe
def file(request, pk, ending):
    """Two years of the team's readings, in the columns in which the importer takes them."""
    if ending not in TYPES:
        raise Http404
    found = entry(request, pk)
    ground = reading_sheets.ground(found.subject, row_of(MonthFilter(request.GET).at, 24))
    shown = [kpi for kpi in ground.kpis if not _hides(kpi, found)]
    rows = [
        _row(found.team.code, kpi.code, reading)
        for kpi in shown
        for (of, _month), reading in sorted(ground.found.items(), key=lambda one: one[0])
        if of == kpi.pk and reading.pk is not None
    ]
    write = as_csv if ending == "csv" else as_xlsx
    response = HttpResponse(write(HEAD, rows), content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="kpi_readings.{ending}"'
    return response


def _row(team: str, kpi: str, reading) -> tuple:
    parts = (_plain(reading.numerator), _plain(reading.denominator))
    about = (reading.n, reading.status, reading.as_of, reading.note)
    return (team, kpi, f"{reading.month:%Y-%m}", *parts, *about)


def _plain(number: Decimal | None) -> Decimal | None:
    """Without the zeros behind it, and never in powers of ten."""
    return None if number is None else Decimal(f"{number.normalize():f}")
