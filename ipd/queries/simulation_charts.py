"""The drawings of a simulation: where the finish falls, how surely, and what weighs on it."""

import itertools
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ipd.calculations.findings import histogram
from ipd.kernel.charts import Bar, Column, Mark, Series, bars, columns, lines
from ipd.models import Simulation
from ipd.queries.simulation_results import Calibration, Page

WEIGHTIEST = 8
FEW_DAYS = 15  # of an S-curve that is drawn day by day


def percent(value: float) -> str:
    return _("%(figure)s %%") % {"figure": f"{value:.3g}"}


def marks(page: Page) -> list[Mark]:
    """The percentiles people commit by, and the contract's date."""
    day = page.contract_on or page.row.contract_on
    found = [Mark(page.row.p50_on, "P50"), Mark(page.row.p80_on, "P80")]
    return [*found, Mark(day, _("Contract"), "off")] if day else found


def spread(page: Page) -> SafeString:
    """Runs by the week in which they end."""
    row = page.row
    finishes = {date.fromisoformat(on).toordinal(): runs for on, runs in row.finishes}
    found = sorted(histogram(finishes).items())
    width = min((b[0] - a[0] for a, b in itertools.pairwise(found)), default=7)
    return columns(
        [
            Column(date.fromordinal(first), date.fromordinal(first + width - 1), runs)
            for first, runs in found
        ],
        title=_("When the plan ends"),
        about=_("%(n)d runs, seed %(seed)d: P10 %(p10)s, P50 %(p50)s, P80 %(p80)s, P90 %(p90)s.")
        % {
            "n": row.runs,
            "seed": row.seed,
            **{f"p{p}": getattr(row, f"p{p}_on") for p in (10, 50, 80, 90)},
        },
        heads=(_("Days"), _("Runs")),
        marks=marks(page),
    )


def surely(page: Page) -> SafeString:
    """The share of runs that have ended by each day, beside the simulation before."""
    title = _("How surely it ends by a day")
    series = [Series(_("This simulation"), curve(page.row))]
    if page.previous:
        series.append(Series(_("The one before"), curve(page.previous.row), dashed=True))
    return lines(
        series,
        title=title,
        about=_("Share of the runs that have ended by each day."),
        place=_("Day"),
        marks=marks(page),
        show=percent,
        most=100,
    )


def curve(row: Simulation) -> list[tuple[date, float]]:
    """Percent of the runs by day; by week when there are many days, so that no weekend shows."""
    seen, found = 0, []
    for on, runs in row.finishes:
        seen += runs
        found.append((date.fromisoformat(on), 100 * seen / row.runs))
    if len(found) <= FEW_DAYS:
        return found
    weeks = {day.isocalendar()[:2]: (day, share) for day, share in found}
    return sorted({found[0], *weeks.values()})


def tornado(page: Page) -> SafeString:
    """The activities whose own spread moves the finish most."""
    return bars(
        [
            Bar(
                f"{row.code} {row.name}",
                round(row.ssi, 3),
                beside=percent(100 * row.criticality),
            )
            for row in page.activities[:WEIGHTIEST]
            if row.ssi
        ],
        title=_("What moves the finish"),
        about=_("Schedule sensitivity: share of runs on the critical path, times own spread."),
        heads=(_("Activity"), _("Sensitivity (SSI)"), _("Critical in")),
    )


def risks(page: Page) -> SafeString:
    """How much later the plan ends when a risk happens."""
    found = [one for one in page.row.drivers if one["delay"] is not None]
    found.sort(key=lambda one: one["delay"] * one["share"], reverse=True)
    return bars(
        [
            Bar(
                f"{one['code']} {one['title']}",
                round(one["delay"], 1),
                series=2,
                beside=percent(100 * one["share"]),
            )
            for one in found[:WEIGHTIEST]
        ],
        title=_("What risks add when they happen"),
        about=_("Mean finish of the runs in which the risk happened, less that of the others."),
        heads=(_("Risk"), _("Working days"), _("Happened in")),
    )


def calibrated(found: Calibration) -> SafeString:
    """What was said and what came true; on the dashed line both are the same."""
    return lines(
        [
            Series(
                _("Came true"),
                [(50, 100 * found.by_p50), (80, 100 * found.by_p80)],
                dots=True,
            ),
            Series(_("As it should be"), [(0, 0), (50, 50), (80, 80), (100, 100)], dashed=True),
        ],
        title=_("How earlier forecasts came true"),
        about=_("%(n)d finished activities: %(share)s had ended by their P80.")
        % {"n": found.n, "share": percent(100 * found.by_p80)},
        place=_("Forecast percentile"),
        show=percent,
        most=100,
    )
