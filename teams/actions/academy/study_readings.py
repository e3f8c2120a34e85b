"""A study's rows out of what KPIs read: nobody types a figure that the system knows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import fmean

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from teams.actions.academy import studies
from teams.actions.academy.studies import Given
from teams.calculations.months import shifted
from teams.models import Kpi, Person, Study, Team
from teams.models.academy.studies import Outcome
from teams.permissions import visible_teams
from teams.queries import readings

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Windows:
    """`months` months from each of two first ones: before the training, and after it."""

    before: date
    after: date
    months: int

    def last(self, first: date) -> date:
        return shifted(first, self.months - 1)


@transaction.atomic
def read(
    study: Study, kpi: Kpi, windows: Windows, teams: Iterable[tuple[str, str]], *, by: Person
) -> int:
    """Add a row for each (arm, code of a team): the mean of its closed months in both windows.

    Raises Refused for a study that does not compare before and after, windows that overlap,
    teams that the reader does not see, and teams without a figure in one of the windows; then
    nothing is added.
    """
    if study.outcome != Outcome.CHANGE:
        raise Refused(_("This study counts who, and reads no KPI."))
    if windows.after <= windows.last(windows.before):
        raise Refused(_("The months after begin when those before are over."))
    teams = list(teams)
    codes = [code for _arm, code in teams]
    seen = {team.code: team for team in visible_teams(by).filter(code__in=codes)}
    if unknown := [code for code in codes if code not in seen]:
        raise Refused(_("Not among the teams you see: %(codes)s.") % {"codes": ", ".join(unknown)})
    means = _means(kpi, windows, seen.values())
    if lacking := [code for code in codes if len(means[code]) < 2]:
        told = {"kpi": kpi.code, "codes": ", ".join(lacking)}
        raise Refused(_("%(kpi)s has no figure in one of the windows of: %(codes)s.") % told)
    rows = [Given(arm, code, before=means[code][0], after=means[code][1]) for arm, code in teams]
    return studies.fill(study, rows, by=by)


def _means(kpi: Kpi, windows: Windows, teams: Iterable[Team]) -> dict[str, list[Decimal]]:
    """By code the mean before and the mean after; a window without a figure is left out."""
    codes = {team.pk: team.code for team in teams}
    found = readings.history(codes, windows.before, windows.last(windows.after), [kpi.pk])
    means: dict[str, list[Decimal]] = {code: [] for code in codes.values()}
    for pk, code in codes.items():
        for first in (windows.before, windows.after):
            figures = [
                figure
                for row in found.get((pk, kpi.pk), ())
                if first <= row.month <= windows.last(first) and not row.is_open
                if (figure := row.figure(kpi)) is not None
            ]
            if figures:
                means[code].append(Decimal(fmean(figures)).quantize(CENT))
    return means
